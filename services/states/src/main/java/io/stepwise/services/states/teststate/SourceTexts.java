package io.stepwise.services.states.teststate;

import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import java.util.IdentityHashMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Values as they stand in the texts they were read from: what a state only picks out of its input
 * is shown with its spaces. Source: recorded, {@code inspectionData} of TestState.
 */
final class SourceTexts {
  /** Objects and arrays, which may hold spaces. */
  private final IdentityHashMap<JsonNode, String> texts = new IdentityHashMap<>();

  /** Knows what is in a text, which is the JSON of that tree. */
  void add(String text, JsonNode tree) {
    try (var parser = Json.mapper().createParser(text)) {
      parser.nextToken();
      visit(parser, text, tree);
    }
  }

  private void visit(JsonParser parser, String text, JsonNode node) {
    var isObject = parser.currentToken() == JsonToken.START_OBJECT;
    if (isObject != node.isObject() || !parser.currentToken().isStructStart()) {
      parser.skipChildren(); // a scalar, or a member that is named again further on
      return;
    }
    var start = (int) parser.currentTokenLocation().getCharOffset();
    var index = 0;
    while (!parser.nextToken().isStructEnd()) {
      JsonNode child;
      if (isObject) {
        child = node.get(parser.currentName());
        parser.nextToken();
      } else {
        child = node.get(index++);
      }
      if (child == null) {
        parser.skipChildren();
      } else {
        visit(parser, text, child);
      }
    }
    texts.put(node, text.substring(start, (int) parser.currentLocation().getCharOffset()));
  }

  /** A value in its source's words, or printed without spaces if it has been made anew. */
  String of(Payload value) {
    var text = texts.get(value.tree());
    return text == null ? value.text() : text;
  }
}
