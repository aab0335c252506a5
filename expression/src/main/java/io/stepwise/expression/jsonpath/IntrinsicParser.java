package io.stepwise.expression.jsonpath;

import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.expression.jsonpath.IntrinsicCall.Argument;
import io.stepwise.expression.jsonpath.functions.IntrinsicFunction;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/** Reads {@code States.Name(argument, …)}. */
final class IntrinsicParser {
  /** Limits: ten levels of calls, AWS. */
  private static final int NESTING_MAX = 10;

  private final String text;
  private int at;

  IntrinsicParser(String text) {
    this.text = text;
  }

  /** Reads one call and nothing after it. */
  IntrinsicCall readAll() throws InvalidExpressionException {
    var call = readCall(1);
    skipSpaces();
    if (at < text.length()) {
      throw invalid();
    }
    return call;
  }

  private IntrinsicCall readCall(int nesting) throws InvalidExpressionException {
    skipSpaces();
    var start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    var function = IntrinsicFunction.named(text.substring(start, at));
    if (function == null || nesting > NESTING_MAX) {
      throw invalidAt(start);
    }
    skipSpaces();
    expect('(');
    var arguments = new ArrayList<Argument>();
    skipSpaces();
    if (!skip(')')) {
      do {
        arguments.add(readArgument(function, arguments.isEmpty(), nesting));
        skipSpaces();
      } while (skip(','));
      expect(')');
    }
    if (!function.accepts(arguments.size())) {
      throw invalidAt(start);
    }
    return new IntrinsicCall(text.substring(start, at), function, arguments);
  }

  private Argument readArgument(IntrinsicFunction function, boolean first, int nesting)
      throws InvalidExpressionException {
    skipSpaces();
    if (at == text.length()) {
      throw invalid();
    }
    return switch (text.charAt(at)) {
      // The template of States.Format keeps its escapes: only there is \{ not the same as {.
      case '\'' -> new Argument.Literal(readString(first && function == IntrinsicFunction.FORMAT));
      case '$' -> new Argument.Computed(readPath(at));
      case 'S' -> new Argument.Computed(readCall(nesting + 1));
      default -> new Argument.Literal(readScalar());
    };
  }

  private JsonNode readString(boolean isFormat) throws InvalidExpressionException {
    var value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '\'') {
      var c = text.charAt(at++);
      if (c == '\\') {
        c = at < text.length() ? text.charAt(at++) : ' ';
        if ("'{}\\".indexOf(c) < 0) {
          throw invalid();
        }
        if (isFormat && c != '\'') {
          value.append('\\');
        }
      }
      value.append(c);
    }
    expect('\'');
    return Json.nodes().stringNode(value.toString());
  }

  private Path readPath(int start) throws InvalidExpressionException {
    try {
      return Path.compile(readPath());
    } catch (InvalidExpressionException e) {
      throw new InvalidExpressionException(
          e.code(),
          String.valueOf(e.getMessage()),
          e.position() < 0 ? start : start + e.position());
    }
  }

  /** A path ends at the comma or parenthesis that isn't inside its brackets. */
  private String readPath() {
    var start = at;
    var brackets = 0;
    var quote = 0;
    for (; at < text.length(); at++) {
      var c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (brackets > 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '[' || c == '(') {
        brackets++;
      } else if (brackets > 0 && (c == ']' || c == ')')) {
        brackets--;
      } else if (brackets == 0 && (c == ',' || c == ')')) {
        break;
      }
    }
    at = Math.min(at, text.length());
    return text.substring(start, at).strip();
  }

  private JsonNode readScalar() throws InvalidExpressionException {
    var start = at;
    while (at < text.length() && ",) \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    try {
      var value = Json.parse(text.substring(start, at));
      if (value.isNumber() || value.isBoolean() || value.isNull()) {
        return value;
      }
      throw invalid();
    } catch (InvalidJsonException _) {
      throw invalid();
    }
  }

  private static boolean isNamePart(char c) {
    return c == '.' || Character.isLetterOrDigit(c);
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean skip(char c) {
    var found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void expect(char c) throws InvalidExpressionException {
    if (!skip(c)) {
      throw invalid();
    }
  }

  private InvalidExpressionException invalid() {
    return invalidAt(at);
  }

  private InvalidExpressionException invalidAt(int position) {
    return new InvalidExpressionException(
        Path.INVALID_CODE, "Value is not a valid intrinsic function call: " + text, position);
  }
}
