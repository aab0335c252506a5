package io.stepwise.jsonata.function;

/**
 * Finds a text in another in time that grows with the sum of their lengths; the platform's grows
 * with their product. Source: Knuth, Morris, Pratt, "Fast pattern matching in strings", SIAM
 * Journal on Computing 6 (2), 1977.
 */
final class Search {
  /** Up to that length the platform's search is as good. Units: characters. */
  private static final int SHORT = 32;

  private Search() {}

  /** Whether a text holds another. */
  static boolean holds(String text, String part) {
    return indexOf(text, part, 0) >= 0;
  }

  /** Where a text holds another, at {@code from} or later; −1 where it does not. */
  static int indexOf(String text, String part, int from) {
    if (part.length() <= SHORT || part.length() > text.length() - from) {
      return text.indexOf(part, from);
    }
    var borders = borders(part);
    var matched = 0;
    for (var i = from; i < text.length(); i++) {
      while (matched > 0 && text.charAt(i) != part.charAt(matched)) {
        matched = borders[matched - 1];
      }
      if (text.charAt(i) == part.charAt(matched) && ++matched == part.length()) {
        return i - matched + 1;
      }
    }
    return -1;
  }

  /** For each beginning of a text, how long its longest border is. */
  private static int[] borders(String part) {
    var borders = new int[part.length()];
    var matched = 0;
    for (var i = 1; i < part.length(); i++) {
      while (matched > 0 && part.charAt(i) != part.charAt(matched)) {
        matched = borders[matched - 1];
      }
      if (part.charAt(i) == part.charAt(matched)) {
        matched++;
      }
      borders[i] = matched;
    }
    return borders;
  }
}
