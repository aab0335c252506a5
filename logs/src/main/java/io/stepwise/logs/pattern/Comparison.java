package io.stepwise.logs.pattern;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Optional;

/** What a value is compared with, and how. */
sealed interface Comparison {
  /** Whether a text holds it. */
  boolean holds(String text);

  /** Whether a number holds it, which is printed so. */
  boolean holds(BigDecimal number, String printed);

  /** How values relate. */
  enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    AT_MOST("<="),
    AT_LEAST(">="),
    LESS("<"),
    MORE(">");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    boolean holds(int compared) {
      return switch (this) {
        case EQUAL -> compared == 0;
        case NOT_EQUAL -> compared != 0;
        case AT_MOST -> compared <= 0;
        case AT_LEAST -> compared >= 0;
        case LESS -> compared < 0;
        case MORE -> compared > 0;
      };
    }

    /** The one that is next, if any. */
    static Optional<Operator> next(Scanner scanner) {
      scanner.skipSpace();
      for (var operator : new Operator[] {NOT_EQUAL, AT_MOST, AT_LEAST, EQUAL, LESS, MORE}) {
        if (scanner.take(operator.sign)) {
          return Optional.of(operator);
        }
      }
      return Optional.empty();
    }
  }

  /** With a number. */
  record WithNumber(Operator operator, BigDecimal value) implements Comparison {
    @Override
    public boolean holds(String text) {
      return number(text).map(found -> holds(found, text)).orElse(operator == Operator.NOT_EQUAL);
    }

    @Override
    public boolean holds(BigDecimal number, String printed) {
      return operator.holds(number.compareTo(value));
    }
  }

  /** With text in which {@code *} stands for anything. */
  record WithText(boolean isEqual, String glob) implements Comparison {
    @Override
    public boolean holds(String text) {
      return isEqual == matches(glob, text);
    }

    @Override
    public boolean holds(BigDecimal number, String printed) {
      return holds(printed);
    }

    /** In time in proportion to the product of both lengths at most. */
    private static boolean matches(String glob, String text) {
      var parts = glob.split("\\*", -1);
      if (parts.length == 1) {
        return text.equals(glob);
      }
      var first = parts[0];
      var last = parts[parts.length - 1];
      if (!text.startsWith(first)
          || !text.endsWith(last)
          || text.length() < first.length() + last.length()) {
        return false;
      }
      var at = first.length();
      var end = text.length() - last.length();
      for (var i = 1; i < parts.length - 1; i++) {
        var found = text.indexOf(parts[i], at);
        if (found < 0 || found + parts[i].length() > end) {
          return false;
        }
        at = found + parts[i].length();
      }
      return true;
    }
  }

  /** With a regular expression. */
  record WithRegex(boolean isEqual, Pattern regex) implements Comparison {
    @Override
    public boolean holds(String text) {
      return isEqual == regex.matcher(text).find();
    }

    @Override
    public boolean holds(BigDecimal number, String printed) {
      return holds(printed);
    }
  }

  /** What stands on the right of an operator. */
  static Comparison parse(Operator operator, Scanner scanner) {
    scanner.skipSpace();
    var isEquality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
    var isEqual = operator == Operator.EQUAL;
    if (scanner.peek() == '%' && isEquality) {
      return new WithRegex(isEqual, Regex.of(scanner.regex()));
    }
    if (scanner.peek() == '"') {
      var text = scanner.quoted();
      if (isEquality) {
        return new WithText(isEqual, text);
      }
      return new WithNumber(operator, number(text).orElseThrow(() -> expectedNumber(scanner)));
    }
    var word = scanner.until(c -> Character.isWhitespace(c) || "(){}[],&|\"=<>".indexOf(c) >= 0);
    if (word.isEmpty()) {
      throw scanner.invalid("expected a value");
    }
    var number = number(word);
    if (number.isPresent()) {
      return new WithNumber(operator, number.get());
    }
    if (!isEquality) {
      throw expectedNumber(scanner);
    }
    return new WithText(isEqual, word);
  }

  private static InvalidPatternException expectedNumber(Scanner scanner) {
    return scanner.invalid("expected a number to compare with");
  }

  /** A number as text has it; of a length that takes no time to compare. */
  static Optional<BigDecimal> number(String text) {
    if (!text.matches("[-+]?([0-9]{1,40}(\\.[0-9]{0,40})?|\\.[0-9]{1,40})([eE][-+]?[0-9]{1,3})?")) {
      return Optional.empty();
    }
    return Optional.of(new BigDecimal(text));
  }
}
