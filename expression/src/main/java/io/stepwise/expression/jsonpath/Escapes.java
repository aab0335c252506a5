package io.stepwise.expression.jsonpath;

/** Backslash escapes of quoted names and filter literals. */
final class Escapes {
  private Escapes() {}

  /** The text that {@code quoted} stands for; an unknown escape stands for its character. */
  static String decode(String quoted) {
    if (quoted.indexOf('\\') < 0) {
      return quoted;
    }
    var decoded = new StringBuilder();
    for (var i = 0; i < quoted.length(); i++) {
      var c = quoted.charAt(i);
      if (c != '\\' || i + 1 == quoted.length()) {
        decoded.append(c);
        continue;
      }
      c = quoted.charAt(++i);
      switch (c) {
        case 'b' -> decoded.append('\b');
        case 'f' -> decoded.append('\f');
        case 'n' -> decoded.append('\n');
        case 'r' -> decoded.append('\r');
        case 't' -> decoded.append('\t');
        case 'u' -> {
          var code = hex(quoted, i + 1);
          if (code < 0) {
            decoded.append(c);
          } else {
            decoded.append((char) code);
            i += 4;
          }
        }
        default -> decoded.append(c);
      }
    }
    return decoded.toString();
  }

  private static int hex(String text, int start) {
    if (start + 4 > text.length()) {
      return -1;
    }
    var code = 0;
    for (var i = start; i < start + 4; i++) {
      var digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }
}
