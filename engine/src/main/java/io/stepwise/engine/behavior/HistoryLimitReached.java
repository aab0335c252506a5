package io.stepwise.engine.behavior;

/** The history is full but for the event that says so. A signal inside one decision. */
public final class HistoryLimitReached extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HistoryLimitReached() {
    super("history limit reached", null, false, false);
  }
}
