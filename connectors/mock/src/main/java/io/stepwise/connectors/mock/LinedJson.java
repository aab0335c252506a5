package io.stepwise.connectors.mock;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON whose objects know the line of each member, down to where somebody wants plain JSON.
 *
 * @param line where the value begins, counted from 1
 * @param text the value as it stands in the file
 * @param members the members of an object; empty for every other value
 */
record LinedJson(int line, String text, boolean isObject, Map<String, LinedJson> members) {

  /** Reads text. Errors: {@link BadMockConfig}. */
  static LinedJson parse(String text) {
    try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return read(parser, text);
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw new BadMockConfig(at == null ? 1 : at.getLineNr(), e.getOriginalMessage());
    }
  }

  private static LinedJson read(JsonParser parser, String text) {
    var start = parser.currentTokenLocation();
    var line = start.getLineNr();
    Map<String, LinedJson> members = new LinkedHashMap<>();
    var isObject = parser.currentToken() == JsonToken.START_OBJECT;
    if (isObject) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        var nameLine = parser.currentTokenLocation().getLineNr();
        parser.nextToken();
        if (members.put(name, read(parser, text)) != null) {
          throw new BadMockConfig(nameLine, "'" + name + "' is there twice");
        }
      }
    } else {
      parser.skipChildren();
      parser.finishToken(); // else text is read only up to its first quote
    }
    var end = parser.currentLocation();
    return new LinedJson(
        line,
        text.substring((int) start.getCharOffset(), (int) end.getCharOffset()),
        isObject,
        members);
  }
}
