package io.stepwise.cli.terminal;

import java.util.stream.Collectors;

/**
 * Text of others made fit for a terminal: what it may not contain, and how wide it is there.
 *
 * <p>Names of states, errors and payloads are written by whoever writes definitions. Control
 * characters among them could move the cursor or set the title; letters of East Asia and pictures
 * take two columns, combining marks none.
 *
 * <p>Source: Unicode Standard Annex 11, "East Asian Width".
 */
public final class DisplayText {
  private static final char ESCAPE = '\u001b';

  /** First and last code points of wide blocks, in pairs, ascending. */
  private static final int[] WIDE = {
    0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x2e80, 0x303e, 0x3041, 0x33ff, 0x3400, 0x4dbf,
    0x4e00, 0x9fff, 0xa000, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe10, 0xfe19,
    0xfe30, 0xfe6f, 0xff00, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x18dff, 0x1aff0, 0x1b2ff, 0x1f200,
    0x1f2ff, 0x1f300, 0x1f64f, 0x1f680, 0x1f6ff, 0x1f900, 0x1f9ff, 0x1fa70, 0x1faff, 0x20000,
    0x2fffd, 0x30000, 0x3fffd,
  };

  private DisplayText() {}

  /**
   * The text in one line, with everything that is not shown but obeyed written as JSON writes it:
   * control characters, separators of lines, marks that change the direction of writing, halves of
   * surrogate pairs.
   */
  public static String escaped(String text) {
    if (text.codePoints().noneMatch(DisplayText::isObeyed)) {
      return text;
    }
    var shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isObeyed(c)) {
                shown.append(escape(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  /** As {@link #escaped}, but line breaks and tabs stay: for messages of several lines. */
  public static String escapedLines(String text) {
    return text.lines()
        .map(line -> escaped(line.replace("\t", "    ")))
        .collect(Collectors.joining("\n"));
  }

  private static boolean isObeyed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      // Directions of writing: a name could show itself as another. Joiners of pictures stay.
      case Character.FORMAT ->
          c == 0x061c
              || c >= 0x200e && c <= 0x200f
              || c >= 0x202a && c <= 0x202e
              || c >= 0x2060 && c <= 0x206f
              || c == 0xfeff
              || c >= 0xe0001 && c <= 0xe007f;
      default -> false;
    };
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          Character.charCount(c) == 1
              ? String.format("\\u%04x", c)
              : String.format(
                  "\\u%04x\\u%04x",
                  (int) Character.highSurrogate(c), (int) Character.lowSurrogate(c));
    };
  }

  /** How many columns a text takes, not counting colours. Terminals may take fewer, never more. */
  public static int width(String text) {
    var width = 0;
    for (var at = 0; at < text.length(); ) {
      if (text.charAt(at) == ESCAPE) {
        at = afterEscape(text, at);
      } else {
        var c = text.codePointAt(at);
        at += Character.charCount(c);
        // The sixteenth variation selector turns a sign into a picture.
        width += c == 0xfe0f ? 1 : width(c);
      }
    }
    return width;
  }

  private static int width(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.CONTROL ->
          0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  private static boolean isWide(int c) {
    if (Character.isEmojiPresentation(c)) {
      return true;
    }
    for (var i = 0; i < WIDE.length; i += 2) {
      if (c >= WIDE[i] && c <= WIDE[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** The text with blanks behind it, up to that many columns. */
  public static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  /**
   * The part of a line that fits into that many columns, with an ellipsis where something is left
   * out. Colours take no column and are kept.
   */
  public static String cut(String line, int columns) {
    if (width(line) <= columns) {
      return line;
    }
    var text = new StringBuilder();
    var room = Math.max(0, columns - 1);
    var width = 0;
    var full = false;
    for (var at = 0; at < line.length(); ) {
      if (line.charAt(at) == ESCAPE) {
        var end = afterEscape(line, at);
        text.append(line, at, end);
        at = end;
        continue;
      }
      var c = line.codePointAt(at);
      at += Character.charCount(c);
      var wide = c == 0xfe0f ? 1 : width(c);
      if (!full && width + wide <= room) {
        text.appendCodePoint(c);
        width += wide;
      } else if (!full) {
        full = true;
        text.append(columns > 0 ? "…" : "");
      }
    }
    return text.toString();
  }

  /** Behind the escape sequence there; of an incomplete one, behind the escape character alone. */
  private static int afterEscape(String text, int at) {
    var next = at + 1;
    if (next < text.length() && text.charAt(next) == '[') {
      next++;
      while (next < text.length() && (text.charAt(next) >= 0x20 && text.charAt(next) <= 0x3f)) {
        next++;
      }
      return Math.min(text.length(), next + 1);
    }
    return next;
  }
}
