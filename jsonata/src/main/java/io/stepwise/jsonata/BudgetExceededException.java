package io.stepwise.jsonata;

/** An evaluation that would have used more than its budget. */
public final class BudgetExceededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What there was too little of. */
  public enum Limit {
    /** Work. */
    STEPS,
    /** Nesting. */
    DEPTH,
    /** Memory. */
    BYTES
  }

  private final Limit limit;

  /** For want of this. */
  public BudgetExceededException(Limit limit) {
    super("out of " + limit, null, false, false);
    this.limit = limit;
  }

  /** What there was too little of. */
  public Limit limit() {
    return limit;
  }
}
