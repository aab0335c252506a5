package io.stepwise.cli.definition;

import io.stepwise.expression.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Finds the places of a definition in JSON text by walking its tokens. */
final class JsonPlaces {
  private final String text;
  private final Places places = new Places();

  private JsonPlaces(String text) {
    this.text = text;
  }

  /** The places of the text; of text that is not JSON, those before the first fault. */
  static Places of(String text) {
    var walk = new JsonPlaces(text);
    try (var parser = Json.mapper().createParser(text)) {
      parser.nextToken();
      walk.value(parser, "", null);
    } catch (JacksonException e) {
      // The compiler of definitions reports it; what was found until there can be shown.
      return walk.places;
    }
    return walk.places;
  }

  private void value(JsonParser parser, String path, @Nullable Span name) {
    var token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      places.put(path, name == null ? span(parser) : name);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var member = path + "/" + parser.currentName();
        var memberName = span(parser);
        places.putName(member, memberName);
        parser.nextToken();
        value(parser, member, memberName);
      }
    } else if (token == JsonToken.START_ARRAY) {
      places.put(path, name == null ? span(parser) : name);
      for (var i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        if (parser.currentToken() == null) {
          return;
        }
        value(parser, path + "[" + i + "]", null);
      }
    } else {
      places.put(path, span(parser));
    }
  }

  private Span span(JsonParser parser) {
    var start = parser.currentTokenLocation();
    var from = (int) start.getCharOffset();
    return new Span(start.getLineNr(), start.getColumnNr(), tokenEnd(from) - from);
  }

  /** Where the token that starts at {@code from} ends; brackets are tokens of one character. */
  private int tokenEnd(int from) {
    if (from < 0 || from >= text.length()) {
      return from + 1;
    }
    var first = text.charAt(from);
    var at = from + 1;
    if (first == '"') {
      while (at < text.length() && text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      return Math.min(text.length(), at + 1);
    }
    if (Character.isLetterOrDigit(first) || first == '-') {
      while (at < text.length() && "+-.".indexOf(text.charAt(at)) >= 0
          || at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
        at++;
      }
    }
    return at;
  }
}
