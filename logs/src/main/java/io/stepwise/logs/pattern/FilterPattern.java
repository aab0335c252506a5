package io.stepwise.logs.pattern;

/**
 * Which log events are looked for.
 *
 * <pre>
 * ERROR "not found" -DEBUG     terms: all of them, none of those with a minus
 * ?ERROR ?WARN                 any of them; beside other terms they do not count
 * %ERR[0-9]+%                  a regular expression
 * { $.level = "error" &amp;&amp; $.ms &gt; 10 }   of events that are JSON
 * [ip, user, ..., status=4*, bytes]     of events that are words
 * </pre>
 *
 * <p>To match takes time in proportion to the length of the message.
 */
public interface FilterPattern {
  /** Matches every event. */
  FilterPattern ALL = message -> true;

  /** Whether an event is looked for. */
  boolean matches(String message);

  /**
   * Reads a pattern.
   *
   * <p>Errors: {@link InvalidPatternException} for what is none.
   */
  static FilterPattern of(String text) {
    var pattern = text.strip();
    if (pattern.isEmpty()) {
      return ALL;
    }
    return switch (pattern.charAt(0)) {
      case '{' -> new JsonPatternParser(pattern).parse();
      case '[' -> new WordsPatternParser(pattern).parse();
      default -> TermsPattern.parse(pattern);
    };
  }
}
