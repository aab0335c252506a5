package io.stepwise.asl;

import io.stepwise.asl.validation.Place;
import io.stepwise.asl.validation.Report;
import io.stepwise.expression.Json;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * Reads the text of a definition as JSON and says, in the words of the parser AWS uses, where it is
 * not.
 *
 * <p>AWS's parser is an older relative of ours: it says <em>field</em> where ours says
 * <em>property</em>, and gives the column after the offending token where ours gives its start.
 */
final class DefinitionReader {
  /** Longest definition. Units: characters. */
  static final int LENGTH_MAX = 1_048_576;

  /** Longest part of the text that a location shows. Units: characters. */
  private static final int SHOWN_MAX = 500;

  private static final Pattern TOKEN =
      Pattern.compile("Unrecognized token '(.*?)'", Pattern.DOTALL);

  private final ObjectReader reader =
      Json.mapper()
          .readerFor(JsonNode.class)
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .with(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION);

  /** The object that the text is, or null after a report of why it is none. */
  @Nullable JsonNode read(String text, Report report) {
    if (text.isEmpty()) {
      report.error("MISSING_DESCRIPTION", "Definition must not be empty", null);
      return null;
    }
    if (text.length() > LENGTH_MAX) {
      report.error(
          Place.SCHEMA, "Definition must have at most " + LENGTH_MAX + " characters", null);
      return null;
    }
    if (!text.isBlank()) {
      try {
        JsonNode tree = reader.readValue(text);
        if (tree != null && tree.isObject()) {
          return tree;
        }
      } catch (StreamConstraintsException e) {
        report.error("TOO_DEEPLY_NESTED", "The states are too deeply nested", null);
        return null;
      } catch (JacksonException e) {
        reportSyntax(text, e, report);
        return null;
      }
    }
    report.error(Place.SCHEMA, "Definition must be a valid JSON object", null);
    return null;
  }

  private static void reportSyntax(String text, JacksonException e, Report report) {
    var message = String.valueOf(e.getOriginalMessage());
    var location = e.getLocation();
    var line = location == null ? 1 : location.getLineNr();
    var column = location == null ? 1 : location.getColumnNr();
    var token = TOKEN.matcher(message);
    if (token.lookingAt()) {
      column += token.group(1).length();
    } else if (message.startsWith("Unexpected character")) {
      column++;
    }
    var source = source(text) + "; line: " + line + ", column: " + column + "]";
    report.error("INVALID_JSON_DESCRIPTION", inOlderWords(message) + "\n at " + source, source);
  }

  private static String inOlderWords(String message) {
    return message
        .replaceFirst("(?s)^Duplicate Object property \"(.*)\"$", "Duplicate field '$1'")
        .replace("property name", "field name")
        .replaceFirst("\\(bound as `[^`]*`\\)", "(bound as `JsonNode`)");
  }

  private static String source(String text) {
    var shown = text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX);
    var more = text.length() - shown.length();
    return "[Source: (String)\""
        + shown
        + "\""
        + (more > 0 ? "[truncated " + more + " chars]" : "");
  }
}
