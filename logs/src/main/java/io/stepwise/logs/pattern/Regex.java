package io.stepwise.logs.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Regular expressions as filter patterns have them: no groups; matched in linear time. */
final class Regex {
  private static final java.util.regex.Pattern ALLOWED =
      java.util.regex.Pattern.compile("(\\\\.|[A-Za-z0-9:_#=@/;,\\-^$?\\[\\]{}|*+.\\s\"'<>&~`])*");

  private Regex() {}

  /** Finds {@code text} anywhere in a message. */
  static Pattern of(String text) {
    if (!ALLOWED.matcher(text).matches()) {
      throw new InvalidPatternException("Invalid character(s) in regex '" + text + "'");
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new InvalidPatternException("Invalid regex '" + text + "': " + e.getDescription());
    }
  }
}
