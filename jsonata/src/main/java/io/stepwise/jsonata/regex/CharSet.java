package io.stepwise.jsonata.regex;

import java.util.Arrays;

/** A set of UTF-16 code units: bits for the first 256, sorted ranges for the others. */
final class CharSet {
  private static final char[] SPACES =
      ranges(
          "\t\r  \u00a0\u00a0\u1680\u1680\u2000\u200a\u2028\u2029\u202f\u202f\u205f\u205f\u3000\u3000\ufeff\ufeff");

  private final long[] low = new long[4];
  private char[] ranges = {};
  private boolean negated;

  private static char[] ranges(String pairs) {
    return pairs.toCharArray();
  }

  CharSet add(char from, char to) {
    for (int c = from; c <= Math.min(to, 255); c++) {
      low[c >> 6] |= 1L << (c & 63);
    }
    if (to > 255) {
      ranges = Arrays.copyOf(ranges, ranges.length + 2);
      ranges[ranges.length - 2] = (char) Math.max(from, 256);
      ranges[ranges.length - 1] = to;
    }
    return this;
  }

  /** Adds {@code \d \w \s} or, in upper case, all others. */
  CharSet addClass(char letter) {
    var set = ofClass(Character.toLowerCase(letter));
    if (Character.isLowerCase(letter)) {
      return addAll(set);
    }
    var from = -1;
    for (var c = 0; c <= 0x10000; c++) {
      var outside = c <= 0xffff && !set.contains((char) c);
      if (outside && from < 0) {
        from = c;
      } else if (!outside && from >= 0) {
        add((char) from, (char) (c - 1));
        from = -1;
      }
    }
    return this;
  }

  private CharSet addAll(CharSet other) {
    for (var i = 0; i < low.length; i++) {
      low[i] |= other.low[i];
    }
    for (var i = 0; i < other.ranges.length; i += 2) {
      add(other.ranges[i], other.ranges[i + 1]);
    }
    return this;
  }

  private static CharSet ofClass(char letter) {
    var set = new CharSet();
    switch (letter) {
      case 'd' -> set.add('0', '9');
      case 'w' -> set.add('0', '9').add('A', 'Z').add('a', 'z').add('_', '_');
      default -> {
        for (var i = 0; i < SPACES.length; i += 2) {
          set.add(SPACES[i], SPACES[i + 1]);
        }
      }
    }
    return set;
  }

  void negate() {
    negated = true;
  }

  boolean contains(char c) {
    return isIn(c) != negated;
  }

  boolean containsIgnoringCase(char c) {
    return (isIn(c) || isIn(Character.toLowerCase(c)) || isIn(Character.toUpperCase(c))) != negated;
  }

  private boolean isIn(char c) {
    if (c < 256) {
      return (low[c >> 6] >> (c & 63) & 1) != 0;
    }
    for (var i = 0; i < ranges.length; i += 2) {
      if (c >= ranges[i] && c <= ranges[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
