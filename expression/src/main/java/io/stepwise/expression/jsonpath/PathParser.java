package io.stepwise.expression.jsonpath;

import io.stepwise.expression.InvalidExpressionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the steps of a path: everything after its root. */
final class PathParser {
  /** Deepest nesting of filters within filters. Limits: ours. */
  private static final int NESTING_MAX = 10;

  /** Most steps of a path. Limits: ours; no document is that deep. */
  private static final int STEPS_MAX = 200;

  private final String text;
  private final int nesting;
  private int at;

  PathParser(String text, int at, int nesting) {
    this.text = text;
    this.at = at;
    this.nesting = nesting;
  }

  /** Reads steps to the end of the text. Errors: {@link InvalidExpressionException} elsewise. */
  Steps readAll() throws InvalidExpressionException {
    var steps = readSteps();
    if (at < text.length()) {
      throw invalid();
    }
    return steps;
  }

  /** Position after what was read. */
  int position() {
    return at;
  }

  /** Reads as many steps as there are; a path inside a filter ends at the first other sign. */
  Steps readSteps() throws InvalidExpressionException {
    var steps = new ArrayList<Step>();
    while (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == '[')) {
      if (steps.size() > STEPS_MAX
          || !steps.isEmpty() && steps.getLast() instanceof Step.Function) {
        throw invalid();
      }
      if (text.startsWith("..", at)) {
        at += 2;
        steps.add(new Step.DeepScan());
        steps.add(at < text.length() && text.charAt(at) == '[' ? readBracket() : readDotted());
      } else if (text.charAt(at) == '.') {
        at++;
        steps.add(at < text.length() && text.charAt(at) == '[' ? readBracket() : readDotted());
      } else {
        steps.add(readBracket());
      }
    }
    return new Steps(steps);
  }

  private Step readDotted() throws InvalidExpressionException {
    if (peek() == '*') {
      at++;
      return new Step.Wildcard();
    }
    var name = new StringBuilder();
    while (at < text.length() && !endsName(text.charAt(at))) {
      if (text.charAt(at) == '\\') {
        at++;
        if (at == text.length()) {
          throw invalid();
        }
      }
      name.append(text.charAt(at++));
    }
    if (text.startsWith("()", at)) {
      at += 2;
      try {
        return new Step.Function(PathFunction.valueOf(name.toString().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException _) {
        throw invalid();
      }
    }
    if (name.isEmpty() || at < text.length() && text.charAt(at) == '(') {
      throw invalid();
    }
    return new Step.Name(name.toString());
  }

  /** In a filter a name also ends where an operator or the filter does. */
  private boolean endsName(char c) {
    return switch (c) {
      case '.', '[', '(', ' ', '\t', '\n', '\r' -> true;
      case ')', ']', '=', '<', '>', '!', '&', '|', ',', '~' -> nesting > 0;
      case '*', '?', '@', ':', '\'', '"' -> nesting == 0 && c != ':' && c != '\'' && c != '"';
      default -> false;
    };
  }

  private Step readBracket() throws InvalidExpressionException {
    at++;
    skipSpaces();
    Step step =
        switch (peek()) {
          case '*' -> {
            at++;
            yield new Step.Wildcard();
          }
          case '\'', '"' -> readNames();
          case '?' -> readFilter();
          default -> readIndexes();
        };
    skipSpaces();
    expect(']');
    return step;
  }

  private Step readNames() throws InvalidExpressionException {
    var names = new ArrayList<String>();
    do {
      skipSpaces();
      names.add(readQuoted());
      skipSpaces();
    } while (skip(','));
    return names.size() == 1 ? new Step.Name(names.getFirst()) : new Step.Names(List.copyOf(names));
  }

  private String readQuoted() throws InvalidExpressionException {
    var quote = peek();
    if (quote != '\'' && quote != '"') {
      throw invalid();
    }
    var start = ++at;
    while (peek() != quote) {
      if (text.charAt(at) == '\\') {
        at++;
      }
      at++;
    }
    return unescape(text.substring(start, at++), quote);
  }

  /** Takes the backslash from before a quote or a backslash; any other stands for itself. */
  private static String unescape(String raw, int quote) {
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    var name = new StringBuilder(raw.length());
    for (var i = 0; i < raw.length(); i++) {
      var c = raw.charAt(i);
      if (c == '\\' && i + 1 < raw.length()) {
        var next = raw.charAt(i + 1);
        if (next == quote || next == '\\') {
          name.append(next);
          i++;
          continue;
        }
      }
      name.append(c);
    }
    return name.toString();
  }

  private Step readFilter() throws InvalidExpressionException {
    if (nesting >= NESTING_MAX) {
      throw invalid();
    }
    at++;
    skipSpaces();
    expect('(');
    var filter = new FilterParser(text, at, nesting + 1);
    var predicate = filter.read();
    at = filter.position();
    skipSpaces();
    expect(')');
    return new Step.Filter(predicate);
  }

  private Step readIndexes() throws InvalidExpressionException {
    var first = readNumber();
    skipSpaces();
    if (skip(':')) {
      skipSpaces();
      var to = readNumber();
      if (first == null && to == null) {
        throw invalid();
      }
      return new Step.Slice(first, to);
    }
    if (first == null) {
      throw invalid();
    }
    if (peek() != ',') {
      return new Step.Index(first);
    }
    var indexes = new ArrayList<>(List.of(first));
    while (skip(',')) {
      skipSpaces();
      var index = readNumber();
      if (index == null) {
        throw invalid();
      }
      indexes.add(index);
      skipSpaces();
    }
    return new Step.Indexes(List.copyOf(indexes));
  }

  private @Nullable Integer readNumber() throws InvalidExpressionException {
    var start = at;
    skip('-');
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      return null;
    }
    try {
      return Integer.valueOf(text.substring(start, at));
    } catch (NumberFormatException _) {
      throw invalid();
    }
  }

  private char peek() throws InvalidExpressionException {
    if (at >= text.length()) {
      throw invalid();
    }
    return text.charAt(at);
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

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private InvalidExpressionException invalid() {
    return new InvalidExpressionException(
        Path.INVALID_CODE, "Value is not a valid JSONPath: " + text, at);
  }
}
