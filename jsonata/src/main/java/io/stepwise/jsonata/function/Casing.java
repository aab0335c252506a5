package io.stepwise.jsonata.function;

import java.util.BitSet;
import java.util.Locale;

/**
 * Upper and lower case, in time that grows with the length of the text, whatever is in it: the
 * platform's grow with its square where characters become several. Source: Unicode, chapter 3.13,
 * SpecialCasing.
 */
final class Casing {
  /** Units: characters. */
  private static final int PIECE = 32;

  private static final int DOTTED_I = 0x130;
  private static final int SIGMA = 0x3a3;

  /** Characters between letters that do not end a word: of Word_Break MidLetter, MidNumLet. */
  private static final String WITHIN_WORDS =
      "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

  private Casing() {}

  /** In upper case. No character's form depends on those beside it. */
  static String upper(String text) {
    if (text.length() <= PIECE) {
      return text.toUpperCase(Locale.ROOT);
    }
    var out = new StringBuilder(text.length());
    for (var start = 0; start < text.length(); ) {
      var end = Math.min(start + PIECE, text.length());
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
        end++;
      }
      out.append(text.substring(start, end).toUpperCase(Locale.ROOT));
      start = end;
    }
    return out.toString();
  }

  /** In lower case. A sigma at the end of a word has a form of its own. */
  static String lower(String text) {
    if (text.indexOf(DOTTED_I) < 0 && text.indexOf(SIGMA) < 0) {
      return text.toLowerCase(Locale.ROOT);
    }
    var beforeLetter = sigmasBeforeLetters(text);
    var out = new StringBuilder(text.length());
    var afterLetter = false;
    for (var i = 0; i < text.length(); ) {
      var c = text.codePointAt(i);
      switch (c) {
        case DOTTED_I -> out.append("i\u0307");
        case SIGMA -> out.append(afterLetter && !beforeLetter.get(i) ? '\u03c2' : '\u03c3');
        default -> out.appendCodePoint(Character.toLowerCase(c));
      }
      if (!isIgnored(c)) {
        afterLetter = isCased(c);
      }
      i += Character.charCount(c);
    }
    return out.toString();
  }

  /** Where a sigma is followed by a letter, and so does not end a word. */
  private static BitSet sigmasBeforeLetters(String text) {
    var found = new BitSet();
    var beforeLetter = false;
    for (var i = text.length(); i > 0; ) {
      var c = text.codePointBefore(i);
      i -= Character.charCount(c);
      if (c == SIGMA && beforeLetter) {
        found.set(i);
      }
      if (!isIgnored(c)) {
        beforeLetter = isCased(c);
      }
    }
    return found;
  }

  private static boolean isCased(int c) {
    return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
  }

  private static boolean isIgnored(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> WITHIN_WORDS.indexOf(c) >= 0;
    };
  }
}
