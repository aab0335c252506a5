package io.stepwise.jsonata;

/**
 * Hears how far an evaluation has come, so that a long one can make room for others. It has no say
 * in what comes of it.
 */
public interface Pace {
  /** Nobody waits. */
  Pace NONE =
      new Pace() {
        @Override
        public long stepsAhead() {
          return Long.MAX_VALUE;
        }

        @Override
        public void passed(long steps) {}
      };

  /** After how many more steps it wants to hear at the latest; above zero. */
  long stepsAhead();

  /**
   * So many steps were done, or are about to be, since it heard last. It may take its time before
   * it returns.
   */
  void passed(long steps);
}
