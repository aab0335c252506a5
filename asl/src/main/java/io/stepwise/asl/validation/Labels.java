package io.stepwise.asl.validation;

import static io.stepwise.asl.Diagnostic.INVALID_LABEL_NAME;

/** The shape of a Map's {@code Label}, a part of ARNs. */
final class Labels {
  /** Longest label. Units: characters. */
  private static final int LENGTH_MAX = 40;

  private static final String FORBIDDEN = "?*<>{}[]:;,\\|^~$#%&`\"";

  private Labels() {}

  static Shape shape() {
    return (value, place) -> {
      if (!value.isString()) {
        place.error("Expected value of type String");
      } else {
        check(value.stringValue(), place);
      }
    };
  }

  private static void check(String label, Place place) {
    if (label.isEmpty()) {
      place.error(INVALID_LABEL_NAME, "Label cannot be empty");
      return;
    }
    if (label.codePointCount(0, label.length()) > LENGTH_MAX) {
      place.error(INVALID_LABEL_NAME, "Label cannot exceed " + LENGTH_MAX + " characters");
      return;
    }
    label
        .codePoints()
        .filter(Labels::isForbidden)
        .findFirst()
        .ifPresent(
            c ->
                place.error(
                    INVALID_LABEL_NAME, "Label contains invalid character: '" + printed(c) + "'"));
  }

  private static boolean isForbidden(int c) {
    return Character.isISOControl(c)
        || Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || FORBIDDEN.indexOf(c) >= 0;
  }

  private static String printed(int c) {
    return switch (c) {
      case '\\' -> "\\\\";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      default ->
          Character.isISOControl(c) || c == 0xa0
              ? String.format("\\x%02x", c)
              : c != ' ' && Character.isSpaceChar(c)
                  ? String.format("\\u%04x", c)
                  : Character.toString(c);
    };
  }
}
