package io.stepwise.logs.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code [ip, user, ..., status=4*, bytes > 100]}: a name for each word of a message, with
 * conditions. {@code ...} stands for any number of words; without it, the last name stands for all
 * that is left. A message's words are what spaces part; what is in quotes or brackets is one.
 */
final class WordsPatternParser {
  private static final int FIELDS_MAX = 200;
  private static final int DEPTH_MAX = 50;

  private final Scanner scanner;
  private int depth;

  WordsPatternParser(String text) {
    this.scanner = new Scanner(text);
  }

  /** A condition on a word. */
  @FunctionalInterface
  private interface Condition {
    Condition NONE = word -> true;

    boolean holds(String word);
  }

  FilterPattern parse() {
    List<Condition> before = new ArrayList<>();
    List<Condition> after = new ArrayList<>();
    var gap = false;
    scanner.expect("[");
    scanner.skipSpace();
    if (scanner.take("]")) {
      return end(FilterPattern.ALL);
    }
    do {
      scanner.skipSpace();
      if (scanner.take("...")) {
        if (gap) {
          throw scanner.invalid("expected one '...' at most");
        }
        gap = true;
      } else {
        (gap ? after : before).add(field());
      }
      if (before.size() + after.size() > FIELDS_MAX) {
        throw scanner.invalid("expected at most " + FIELDS_MAX + " fields");
      }
      scanner.skipSpace();
    } while (scanner.take(","));
    scanner.expect("]");
    var hasGap = gap;
    return end(message -> matches(message, before, after, hasGap));
  }

  private FilterPattern end(FilterPattern pattern) {
    scanner.skipSpace();
    if (!scanner.isAtEnd()) {
      throw scanner.invalid("expected nothing after ']'");
    }
    return pattern;
  }

  /** {@code name}, or conditions on it. */
  private Condition field() {
    if (scanner.peek() == '(') {
      return anyOf();
    }
    var name = name();
    var operator = Comparison.Operator.next(scanner);
    if (operator.isEmpty()) {
      return Condition.NONE;
    }
    var first = Comparison.parse(operator.get(), scanner);
    return rest(name, first::holds);
  }

  /** What follows a first condition by {@code &&} and {@code ||}. */
  private Condition rest(String name, Condition first) {
    var any = new ArrayList<Condition>();
    var all = first;
    while (true) {
      scanner.skipSpace();
      if (scanner.take("&&")) {
        var left = all;
        var right = one(name);
        all = word -> left.holds(word) && right.holds(word);
      } else if (scanner.take("||")) {
        any.add(all);
        all = one(name);
      } else {
        any.add(all);
        return word -> any.stream().anyMatch(each -> each.holds(word));
      }
    }
  }

  private Condition anyOf() {
    return rest("", one(""));
  }

  private Condition one(String name) {
    scanner.skipSpace();
    if (scanner.take("(")) {
      if (++depth > DEPTH_MAX) {
        throw scanner.invalid("expected at most " + DEPTH_MAX + " nested parentheses");
      }
      var inner = rest(name, one(name));
      scanner.expect(")");
      depth--;
      return inner;
    }
    var other = name();
    if (!name.isEmpty() && !other.equals(name)) {
      throw scanner.invalid("expected conditions on " + name + " only");
    }
    var operator =
        Comparison.Operator.next(scanner)
            .orElseThrow(() -> scanner.invalid("expected an operator after " + other));
    return Comparison.parse(operator, scanner)::holds;
  }

  private String name() {
    scanner.skipSpace();
    var name = scanner.until(c -> Character.isWhitespace(c) || "=!<>,]&|()\"%".indexOf(c) >= 0);
    if (name.isEmpty()) {
      throw scanner.invalid("expected the name of a field");
    }
    return name;
  }

  private static boolean matches(
      String message, List<Condition> before, List<Condition> after, boolean gap) {
    var words = gap ? words(message, Integer.MAX_VALUE) : words(message, before.size());
    var named = before.size() + after.size();
    if (gap ? words.size() < named : words.size() != named) {
      return false;
    }
    for (var i = 0; i < before.size(); i++) {
      if (!before.get(i).holds(words.get(i))) {
        return false;
      }
    }
    var from = words.size() - after.size();
    for (var i = 0; i < after.size(); i++) {
      if (!after.get(i).holds(words.get(from + i))) {
        return false;
      }
    }
    return true;
  }

  /** The words of a message, so many at most: the last is then all that is left. */
  private static List<String> words(String message, int max) {
    List<String> words = new ArrayList<>();
    var at = 0;
    var length = message.length();
    while (true) {
      while (at < length && Character.isWhitespace(message.charAt(at))) {
        at++;
      }
      if (at >= length) {
        return words;
      }
      var closing =
          switch (message.charAt(at)) {
            case '"' -> '"';
            case '[' -> ']';
            default -> 0;
          };
      var closed = closing == 0 ? -1 : message.indexOf(closing, at + 1);
      var start = at;
      if (closed >= 0) {
        start = at + 1;
        at = closed + 1;
      } else {
        while (at < length && !Character.isWhitespace(message.charAt(at))) {
          at++;
        }
      }
      var isLast = words.size() == max - 1 && !message.substring(at).isBlank();
      if (isLast) {
        words.add(message.substring(closed >= 0 ? start - 1 : start).strip());
        return words;
      }
      words.add(message.substring(start, closed >= 0 ? closed : at));
    }
  }
}
