package io.stepwise.asl;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds what somebody probably meant: the known word that is fewest keystrokes away.
 *
 * <p>Source: F. Damerau, "A technique for computer detection and correction of spelling errors",
 * 1964; here without more than one change at a place.
 */
public final class Nearest {
  private Nearest() {}

  /** The nearest known word, where one is near enough to be meant; capitals count for little. */
  public static Optional<String> to(String word, Collection<String> known) {
    // Of two letters any other two are near.
    var allowed = word.length() < 3 ? 0 : Math.clamp(word.length() / 3, 1, 4);
    String nearest = null;
    var fewest = allowed + 1;
    for (var candidate : known) {
      if (Math.abs(candidate.length() - word.length()) > allowed || candidate.equals(word)) {
        continue;
      }
      var changes = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (changes < fewest
          || changes == fewest && nearest != null && candidate.compareTo(nearest) < 0) {
        fewest = changes;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** Characters to insert, remove, replace, or swap with their neighbour. */
  static int distance(String one, String other) {
    var before = new int[other.length() + 1];
    var last = new int[other.length() + 1];
    for (var j = 0; j <= other.length(); j++) {
      last[j] = j;
    }
    for (var i = 1; i <= one.length(); i++) {
      var row = new int[other.length() + 1];
      row[0] = i;
      for (var j = 1; j <= other.length(); j++) {
        var same = one.charAt(i - 1) == other.charAt(j - 1);
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return last[other.length()];
  }
}
