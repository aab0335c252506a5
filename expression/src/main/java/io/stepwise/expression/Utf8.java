package io.stepwise.expression;

/** What text is in UTF-8, without encoding it. */
public final class Utf8 {
  private Utf8() {}

  /** Length of the UTF-8 form. Units: bytes. */
  public static int length(String text) {
    var chars = text.length();
    var bytes = chars;
    for (var i = 0; i < chars; i++) {
      var c = text.charAt(i);
      if (c >= 0x80) {
        if (c < 0x800) {
          bytes += 1;
        } else if (Character.isHighSurrogate(c)
            && i + 1 < chars
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          bytes += 2; // four bytes for two chars
          i++;
        } else {
          bytes += 2;
        }
      }
    }
    return bytes;
  }

  /**
   * The beginning of a text, one character shorter where a surrogate pair would be cut in half:
   * half of one has no form in UTF-8. Units of {@code max}: UTF-16.
   */
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    var splits = max > 0 && Character.isSurrogatePair(text.charAt(max - 1), text.charAt(max));
    return text.substring(0, splits ? max - 1 : max);
  }
}
