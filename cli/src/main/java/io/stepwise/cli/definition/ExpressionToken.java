package io.stepwise.cli.definition;

import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.Json;
import io.stepwise.expression.jsonpath.IntrinsicCall;
import io.stepwise.expression.jsonpath.Path;
import io.stepwise.jsonata.Jsonata;
import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.References;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of an expression that a problem is about: offsets in the expression. */
record ExpressionToken(int start, int end) {
  private static final Pattern STATES_FIELD = Pattern.compile("'\\$states\\.(\\w+)'");
  private static final Pattern FUNCTION = Pattern.compile("there is no function \\$(\\w+)");
  private static final Pattern TOP_LEVEL =
      Pattern.compile("Reference to '([^']+)' at the top level");
  private static final String OPEN = "{%";
  private static final String CLOSE = "%}";

  /** That part of a value, given what is said of it; empty where it is the whole. */
  static Optional<ExpressionToken> in(String value, String message) {
    if (value.startsWith(OPEN)) {
      var end = value.endsWith(CLOSE) ? value.length() - CLOSE.length() : value.length();
      var inner = value.substring(Math.min(OPEN.length(), end), end);
      return inJsonata(inner, message)
          .map(
              token -> new ExpressionToken(token.start + OPEN.length(), token.end + OPEN.length()));
    }
    if (value.startsWith("$") || value.startsWith("States.")) {
      return inPath(value);
    }
    return Optional.empty();
  }

  private static Optional<ExpressionToken> inJsonata(String expression, String message) {
    References references;
    try {
      references = Jsonata.compile(expression).references();
    } catch (JsonataException e) {
      return at(expression, e);
    }
    var field = STATES_FIELD.matcher(message);
    if (field.find()) {
      return first(references.variables(), "states", field.group(1));
    }
    var function = FUNCTION.matcher(message);
    if (function.find()) {
      return first(references.variables(), function.group(1), null);
    }
    var name = TOP_LEVEL.matcher(message);
    if (name.find()) {
      return name.group(1).startsWith("$")
          ? first(references.roots(), "$", null)
          : first(references.contextNames(), name.group(1), null);
    }
    return message.startsWith("Assigning to")
        ? first(references.assigned(), "states", null)
        : Optional.empty();
  }

  private static Optional<ExpressionToken> first(
      List<References.Use> uses, String name, @Nullable String field) {
    return uses.stream()
        .filter(use -> use.name().equals(name) && (field == null || field.equals(use.field())))
        .findFirst()
        .map(use -> new ExpressionToken(use.start(), use.end()));
  }

  /** Errors stand behind their token. */
  private static Optional<ExpressionToken> at(String expression, JsonataException e) {
    var end = Math.min(e.position(), expression.stripTrailing().length());
    if (end <= 0) {
      return Optional.empty();
    }
    var token = e.token();
    var length =
        token != null && expression.startsWith(token, end - token.length()) ? token.length() : 1;
    return Optional.of(new ExpressionToken(end - Math.max(1, length), end));
  }

  private static Optional<ExpressionToken> inPath(String value) {
    try {
      if (value.startsWith("$")) {
        Path.compile(value);
      } else {
        IntrinsicCall.compile(value);
      }
      return Optional.empty();
    } catch (InvalidExpressionException e) {
      if (e.position() < 0) {
        return Optional.empty();
      }
      var start = Math.min(e.position(), value.length() - 1);
      var end = start + 1;
      while (isName(value.charAt(start)) && end < value.length() && isName(value.charAt(end))) {
        end++;
      }
      return Optional.of(new ExpressionToken(start, end));
    }
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '_';
  }

  /**
   * The same in a file, where the value at {@code span} stands in quotes or bare; the span itself
   * where the problem is about the whole or the value is written over several lines.
   */
  static Span narrow(String text, Span span, String message) {
    var line = text.lines().skip(span.line() - 1L).findFirst().orElse("");
    var from = span.column() - 1;
    var written =
        line.substring(
            Math.min(from, line.length()), Math.min(line.length(), from + span.length()));
    if (written.length() < 2) {
      return span;
    }
    var quoted = written.charAt(0) == '"';
    if (quoted && written.indexOf('\\') >= 0) {
      return narrowEscaped(written, span, message);
    }
    var offset = quoted || written.charAt(0) == '\'' ? 1 : 0;
    var value = written.substring(offset, written.length() - offset);
    return in(value, message)
        .map(
            token ->
                new Span(
                    span.line(), span.column() + offset + token.start, token.end - token.start))
        .orElse(span);
  }

  private static Span narrowEscaped(String written, Span span, String message) {
    String value;
    try {
      value = Json.parse(written).stringValue();
    } catch (io.stepwise.expression.InvalidJsonException e) {
      return span;
    }
    return in(value, message)
        .map(
            token -> {
              var start = writtenOffset(written, token.start);
              var end = writtenOffset(written, token.end);
              return new Span(span.line(), span.column() + start, end - start);
            })
        .orElse(span);
  }

  /** Where a character of a JSON string stands in what is written. */
  private static int writtenOffset(String written, int index) {
    var at = 1;
    for (var i = 0; i < index && at < written.length(); i++) {
      at += written.charAt(at) != '\\' ? 1 : written.charAt(at + 1) == 'u' ? 6 : 2;
    }
    return at;
  }
}
