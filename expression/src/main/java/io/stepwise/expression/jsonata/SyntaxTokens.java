package io.stepwise.expression.jsonata;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts a JSONata expression into tokens; one token is current at a time. */
final class SyntaxTokens {
  /** What a token is. */
  enum Kind {
    NAME,
    VARIABLE,
    LITERAL,
    OPERATOR,
    END
  }

  private static final Set<String> DOUBLE_SIGNS =
      Set.of("..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??");
  private static final String SIGNS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
  private static final String SPACES = " \t\n\r";

  private final String text;
  private final List<ExpressionFacts.Range> regexes = new ArrayList<>();
  private Kind kind = Kind.END;
  private String value = "";
  private int at;

  SyntaxTokens(String text) {
    this.text = text;
  }

  Kind kind() {
    return kind;
  }

  String value() {
    return value;
  }

  List<ExpressionFacts.Range> regexes() {
    return regexes;
  }

  boolean atEnd() {
    return kind == Kind.END;
  }

  boolean isOperator() {
    return kind == Kind.OPERATOR;
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && value.equals(operator);
  }

  /** Moves past the given operator; {@code operand} as in {@link #advance}. */
  void expect(String operator, boolean operand) {
    if (!is(operator)) {
      throw unexpected();
    }
    advance(operand);
  }

  IllegalStateException unexpected() {
    return new IllegalStateException("unexpected '" + value + "' before position " + at);
  }

  /** Moves past the signature of a function, whose {@code <} is the current token. */
  void skipSignature() {
    for (var depth = 1; depth > 0 && at < text.length(); at++) {
      depth += text.charAt(at) == '<' ? 1 : text.charAt(at) == '>' ? -1 : 0;
    }
    advance(false);
  }

  /** Makes the next token current. A slash begins a regular expression where an operand may. */
  void advance(boolean operand) {
    skipBlanks();
    if (at >= text.length()) {
      set(Kind.END, "", at);
      return;
    }
    var c = text.charAt(at);
    if (c == '/' && operand) {
      var start = at;
      skipRegex();
      regexes.add(new ExpressionFacts.Range(start, at));
      set(Kind.LITERAL, "", at);
    } else if (at + 2 <= text.length() && DOUBLE_SIGNS.contains(text.substring(at, at + 2))) {
      set(Kind.OPERATOR, text.substring(at, at + 2), at + 2);
    } else if (SIGNS.indexOf(c) >= 0) {
      set(Kind.OPERATOR, String.valueOf(c), at + 1);
    } else if (c == '"' || c == '\'') {
      skipString(c);
    } else if (c == '`') {
      var end = text.indexOf('`', at + 1);
      set(Kind.NAME, text.substring(at + 1, end < 0 ? text.length() : end), end + 1);
    } else if (c >= '0' && c <= '9') {
      skipNumber();
    } else {
      readWord();
    }
  }

  private void set(Kind newKind, String newValue, int newAt) {
    kind = newKind;
    value = newValue;
    at = newAt;
  }

  private void skipBlanks() {
    while (at < text.length()) {
      if (text.startsWith("/*", at)) {
        var end = text.indexOf("*/", at + 2);
        at = end < 0 ? text.length() : end + 2;
      } else if (SPACES.indexOf(text.charAt(at)) >= 0) {
        at++;
      } else {
        return;
      }
    }
  }

  /** To the slash that is neither escaped nor in brackets, and over the flags. */
  private void skipRegex() {
    var depth = 0;
    at++;
    for (; at < text.length(); at++) {
      var c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '/' && depth == 0) {
        at++;
        break;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      }
    }
    while (at < text.length() && (text.charAt(at) == 'i' || text.charAt(at) == 'm')) {
      at++;
    }
  }

  private void skipString(char quote) {
    var end = at + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    set(Kind.LITERAL, "", Math.min(end + 1, text.length()));
  }

  private void skipNumber() {
    var end = digits(at);
    if (end + 1 < text.length() && text.charAt(end) == '.' && isDigit(end + 1)) {
      end = digits(end + 1);
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      var sign = end + 1 < text.length() && "+-".indexOf(text.charAt(end + 1)) >= 0 ? 1 : 0;
      if (isDigit(end + 1 + sign)) {
        end = digits(end + 1 + sign);
      }
    }
    set(Kind.LITERAL, "", end);
  }

  private boolean isDigit(int position) {
    return position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9';
  }

  private int digits(int from) {
    var end = from;
    while (isDigit(end)) {
      end++;
    }
    return end;
  }

  private void readWord() {
    var end = at;
    while (end < text.length() && (SIGNS + SPACES).indexOf(text.charAt(end)) < 0) {
      end++;
    }
    var word = text.substring(at, end);
    switch (word) {
      case "and", "or", "in" -> set(Kind.OPERATOR, word, end);
      case "true", "false", "null" -> set(Kind.LITERAL, word, end);
      default -> {
        var variable = word.startsWith("$");
        set(variable ? Kind.VARIABLE : Kind.NAME, variable ? word.substring(1) : word, end);
      }
    }
  }
}
