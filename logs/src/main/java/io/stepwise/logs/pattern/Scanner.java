package io.stepwise.logs.pattern;

import java.util.function.IntPredicate;

/** Walks through the text of a pattern. */
final class Scanner {
  private static final char END = 0;

  private final String text;
  private int position;

  Scanner(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    return position >= text.length();
  }

  /** The next character; 0 at the end. */
  char peek() {
    return isAtEnd() ? END : text.charAt(position);
  }

  void skipSpace() {
    while (Character.isWhitespace(peek())) {
      position++;
    }
  }

  /** Takes {@code what} if it is next. */
  boolean take(String what) {
    if (!text.startsWith(what, position)) {
      return false;
    }
    position += what.length();
    return true;
  }

  /** Takes words, in capitals, if they are next, with space before and between them. */
  boolean takeWords(String... words) {
    var start = position;
    for (var word : words) {
      skipSpace();
      var end = position + word.length();
      var isNext =
          take(word) && (end >= text.length() || !Character.isLetterOrDigit(text.charAt(end)));
      if (!isNext) {
        position = start;
        return false;
      }
    }
    return true;
  }

  /** Demands that {@code what} is next. */
  void expect(String what) {
    skipSpace();
    if (!take(what)) {
      throw invalid("expected '" + what + "'");
    }
  }

  /** Text up to a character that ends it. */
  String until(IntPredicate ends) {
    var start = position;
    while (!isAtEnd() && !ends.test(peek())) {
      position++;
    }
    return text.substring(start, position);
  }

  /** Text in double quotes; a backslash takes the meaning from the character after it. */
  String quoted() {
    position++;
    var found = new StringBuilder();
    while (!isAtEnd()) {
      var c = text.charAt(position++);
      if (c == '"') {
        return found.toString();
      }
      if (c == '\\' && !isAtEnd() && (peek() == '"' || peek() == '\\')) {
        found.append(text.charAt(position++));
      } else {
        found.append(c);
      }
    }
    throw invalid("expected a closing '\"'");
  }

  /** A regular expression between percent signs. */
  String regex() {
    position++;
    var found = new StringBuilder();
    while (!isAtEnd()) {
      var c = text.charAt(position++);
      if (c == '%') {
        return found.toString();
      }
      found.append(c);
      if (c == '\\' && !isAtEnd()) {
        found.append(text.charAt(position++));
      }
    }
    throw invalid("expected a closing '%'");
  }

  InvalidPatternException invalid(String why) {
    return new InvalidPatternException(
        "Invalid filter pattern: " + why + " at character " + (position + 1));
  }
}
