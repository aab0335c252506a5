package io.stepwise.engine.behavior;

/** What a test of a state asks for makes no sense for its input; the message is AWS's. */
public final class RehearsalRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RehearsalRefused(String message) {
    super(message, null, false, false);
  }
}
