package io.stepwise.asl.choice;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of {@code StringMatches}: {@code *} stands for any text, <code>\*</code> for a star,
 * <code>\\</code> for a backslash.
 *
 * <p>Matching takes each piece between stars at its first place, which needs no backtracking.
 */
public final class StringPattern {
  private final List<String> pieces;

  private StringPattern(List<String> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  /** Reads a pattern; every text is one. */
  public static StringPattern compile(String text) {
    List<String> pieces = new ArrayList<>();
    var piece = new StringBuilder();
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '*') {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else if (c == '\\' && i + 1 < text.length() && "*\\".indexOf(text.charAt(i + 1)) >= 0) {
        piece.append(text.charAt(++i));
      } else {
        piece.append(c);
      }
    }
    pieces.add(piece.toString());
    return new StringPattern(pieces);
  }

  /** Whether the whole text is of this pattern. */
  public boolean matches(String text) {
    var first = pieces.getFirst();
    var last = pieces.getLast();
    if (pieces.size() == 1) {
      return text.equals(first);
    }
    if (text.length() < first.length() + last.length()
        || !text.startsWith(first)
        || !text.endsWith(last)) {
      return false;
    }
    var middle = text.substring(first.length(), text.length() - last.length());
    var from = 0;
    for (var piece : pieces.subList(1, pieces.size() - 1)) {
      var at = middle.indexOf(piece, from);
      if (at < 0) {
        return false;
      }
      from = at + piece.length();
    }
    return true;
  }
}
