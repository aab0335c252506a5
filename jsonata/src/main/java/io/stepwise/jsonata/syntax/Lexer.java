package io.stepwise.jsonata.syntax;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.regex.RegexFunction;
import io.stepwise.jsonata.syntax.Token.Kind;

/** Reads one token after the other; knows neither precedence nor nesting. */
final class Lexer {
  private static final String SPACES = " \t\n\r\u000b";
  private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";

  /** Operators of one character as text, by character. */
  private static final String[] SIGNS = new String[128];

  static {
    for (var i = 0; i < OPERATORS.length(); i++) {
      SIGNS[OPERATORS.charAt(i)] = OPERATORS.substring(i, i + 1).intern();
    }
  }

  private final String source;
  private int position;

  Lexer(String source) {
    this.source = source;
  }

  /**
   * The next token.
   *
   * @param infix whether an operator may stand here, so that a slash divides
   */
  Token next(boolean infix) {
    skipSpace();
    var start = position;
    if (start >= source.length()) {
      return new Token(Kind.END, "(end)", 0, null, start, start);
    }
    var c = source.charAt(start);
    if (c == '/' && !infix) {
      return regex(start);
    }
    var length = operatorLength(c);
    if (length > 0) {
      position = start + length;
      var text = length == 1 ? SIGNS[c] : source.substring(start, position);
      return token(Kind.OPERATOR, text, start);
    }
    if (c == '"' || c == '\'') {
      return string(c, start);
    }
    if (c >= '0' && c <= '9') {
      return number(start);
    }
    return c == '`' ? quotedName(start) : name(start);
  }

  private Token token(Kind kind, String text, int start) {
    return new Token(kind, text, 0, null, start, position);
  }

  private void skipSpace() {
    while (position < source.length()) {
      var c = source.charAt(position);
      if (SPACES.indexOf(c) >= 0) {
        position++;
      } else if (c == '/' && source.startsWith("*", position + 1)) {
        var close = source.indexOf("*/", position + 2);
        if (close < 0) {
          throw JsonataException.of("S0106").at(position, null);
        }
        position = close + 2;
      } else {
        return;
      }
    }
  }

  /** How many characters an operator that starts here has; 0 if none does. */
  private int operatorLength(char c) {
    var second = position + 1 < source.length() ? source.charAt(position + 1) : 0;
    return switch (c) {
      case '.' -> second == '.' ? 2 : 1;
      case ':', '!', '<' -> second == '=' ? 2 : 1;
      case '>' -> second == '=' ? 2 : 1;
      case '*' -> second == '*' ? 2 : 1;
      case '~' -> second == '>' ? 2 : 1;
      default -> OPERATORS.indexOf(c) >= 0 ? 1 : 0;
    };
  }

  private Token string(char quote, int start) {
    var text = new StringBuilder();
    var at = start + 1;
    while (at < source.length()) {
      var c = source.charAt(at);
      if (c == '\\') {
        at = escape(at + 1, text);
      } else if (c == quote) {
        position = at + 1;
        return token(Kind.STRING, text.toString(), start);
      } else {
        text.append(c);
        at++;
      }
    }
    throw JsonataException.of("S0101").at(source.length(), null);
  }

  /** Decodes what follows a backslash; the offset after it. */
  private int escape(int at, StringBuilder text) {
    var c = at < source.length() ? source.charAt(at) : 0;
    switch (c) {
      case '"', '\\', '/' -> text.append(c);
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> {
        var end = Math.min(at + 5, source.length());
        var digits = source.substring(at + 1, end);
        if (digits.isEmpty() || !digits.chars().allMatch(d -> Character.digit(d, 16) >= 0)) {
          throw JsonataException.of("S0104").at(at, null);
        }
        text.append((char) Integer.parseInt(digits, 16));
        return at + 5;
      }
      default ->
          throw JsonataException.of("S0103").at(at, at < source.length() ? String.valueOf(c) : "");
    }
    return at + 1;
  }

  private Token number(int start) {
    var at = start + 1;
    if (source.charAt(start) != '0') {
      at = digits(at);
    }
    if (at + 1 < source.length() && source.charAt(at) == '.' && isDigit(at + 1)) {
      at = digits(at + 1);
    }
    if (at < source.length() && (source.charAt(at) == 'e' || source.charAt(at) == 'E')) {
      var exponent = at + 1;
      if (exponent < source.length() && "+-".indexOf(source.charAt(exponent)) >= 0) {
        exponent++;
      }
      if (isDigit(exponent)) {
        at = digits(exponent);
      }
    }
    var text = source.substring(start, at);
    var value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw JsonataException.of("S0102").at(start, text);
    }
    position = at;
    return new Token(Kind.NUMBER, text, value, null, start, at);
  }

  private int digits(int at) {
    while (isDigit(at)) {
      at++;
    }
    return at;
  }

  private boolean isDigit(int at) {
    return at < source.length() && source.charAt(at) >= '0' && source.charAt(at) <= '9';
  }

  private Token quotedName(int start) {
    var close = source.indexOf('`', start + 1);
    if (close < 0) {
      throw JsonataException.of("S0105").at(source.length(), null);
    }
    position = close + 1;
    return token(Kind.NAME, source.substring(start + 1, close), start);
  }

  private Token name(int start) {
    var at = start;
    while (at < source.length()
        && SPACES.indexOf(source.charAt(at)) < 0
        && OPERATORS.indexOf(source.charAt(at)) < 0) {
      at++;
    }
    position = at;
    var text = source.substring(start, at);
    if (text.startsWith("$")) {
      return token(Kind.VARIABLE, text.substring(1), start);
    }
    return switch (text) {
      case "or", "in", "and" -> token(Kind.OPERATOR, text, start);
      case "true", "false", "null" -> token(Kind.VALUE, text, start);
      default -> token(Kind.NAME, text, start);
    };
  }

  /** A pattern ends at the first slash outside of brackets; the flags stand behind it. */
  private Token regex(int start) {
    var depth = 0;
    for (var at = start + 1; at < source.length(); at++) {
      var c = source.charAt(at);
      var escaped = source.charAt(at - 1) == '\\';
      if (c == '/' && depth == 0 && !isEscaped(at)) {
        if (at == start + 1) {
          throw JsonataException.of("S0301").at(at, null);
        }
        var flags = at + 1;
        while (flags < source.length() && "im".indexOf(source.charAt(flags)) >= 0) {
          flags++;
        }
        position = flags;
        requireOnce(source.substring(at + 1, flags), flags);
        var regex =
            RegexFunction.compile(
                source.substring(start + 1, at), source.substring(at + 1, flags), flags);
        return new Token(Kind.REGEX, source.substring(start + 1, flags), 0, regex, start, position);
      }
      if ("([{".indexOf(c) >= 0 && !escaped) {
        depth++;
      } else if (")]}".indexOf(c) >= 0 && !escaped) {
        depth--;
      }
    }
    throw JsonataException.of("S0302").at(source.length(), null);
  }

  private static void requireOnce(String flags, int position) {
    if (flags.chars().distinct().count() < flags.length()) {
      var text = "Invalid flags supplied to RegExp constructor '" + flags + "g'";
      throw JsonataException.withText("S0303", text).at(position, null);
    }
  }

  private boolean isEscaped(int at) {
    var backslashes = 0;
    while (source.charAt(at - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }
}
