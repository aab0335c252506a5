package io.stepwise.jsonata;

/**
 * What one evaluation may use. Counted, never timed: the same evaluation always ends the same way.
 *
 * @param steps operations evaluated, items looked at, and moves of a regular expression; sixteen
 *     characters built are one as well
 * @param depth operations nested in each other, calls included
 * @param valueBytes of a single value, in the measure of {@code value.Weight}
 * @param totalBytes of all values built on the way, in what they take of the heap
 */
public record Budget(long steps, int depth, long valueBytes, long totalBytes) {
  /** Deepest nesting that no thread's stack is too small for. */
  public static final int DEPTH_MAX = 1000;

  /** For expressions of one's own: a second or two, a few hundred megabytes. */
  public static final Budget GENEROUS = new Budget(500_000_000, 500, 1L << 28, 1L << 30);

  /** Requires limits above zero and a depth that a stack can hold. */
  public Budget {
    if (steps <= 0 || depth <= 0 || depth > DEPTH_MAX || valueBytes <= 0 || totalBytes <= 0) {
      throw new IllegalArgumentException("limits must be positive, the depth at most 1000");
    }
  }
}
