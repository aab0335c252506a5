package io.stepwise.logs.pattern;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Terms that a message has, or has not.
 *
 * @param any at least one of them, where there are no others
 */
record TermsPattern(List<Term> all, List<Term> none, List<Term> any) implements FilterPattern {
  private static final java.util.regex.Pattern WORD =
      java.util.regex.Pattern.compile("[\\p{L}\\p{N}_]+");

  TermsPattern {
    all = List.copyOf(all);
    none = List.copyOf(none);
    any = List.copyOf(any);
  }

  /** Something that may be in a message. */
  sealed interface Term {
    boolean isIn(String message);

    /** A word or a phrase. */
    record Text(String text) implements Term {
      @Override
      public boolean isIn(String message) {
        return message.contains(text);
      }
    }

    /** A regular expression. */
    record Matching(Pattern regex) implements Term {
      @Override
      public boolean isIn(String message) {
        return regex.matcher(message).find();
      }
    }
  }

  @Override
  public boolean matches(String message) {
    if (all.isEmpty() && none.isEmpty()) {
      return any.stream().anyMatch(term -> term.isIn(message));
    }
    return all.stream().allMatch(term -> term.isIn(message))
        && none.stream().noneMatch(term -> term.isIn(message));
  }

  static TermsPattern parse(String text) {
    List<Term> all = new ArrayList<>();
    List<Term> none = new ArrayList<>();
    List<Term> any = new ArrayList<>();
    var scanner = new Scanner(text);
    while (!scanner.isAtEnd()) {
      var target = all;
      if (scanner.take("?")) {
        target = any;
      } else if (scanner.take("-")) {
        target = none;
      }
      target.add(term(scanner));
      scanner.skipSpace();
    }
    return new TermsPattern(all, none, any);
  }

  private static Term term(Scanner scanner) {
    if (scanner.peek() == '"') {
      return new Term.Text(scanner.quoted());
    }
    if (scanner.peek() == '%') {
      return new Term.Matching(Regex.of(scanner.regex()));
    }
    var word = scanner.until(Character::isWhitespace);
    if (!WORD.matcher(word).matches()) {
      throw new InvalidPatternException("Invalid character(s) in term '" + word + "'");
    }
    return new Term.Text(word);
  }
}
