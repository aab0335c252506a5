package io.stepwise.simulation.check;

/** Something that must hold does not. */
public final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  /** With what was expected and what was found. */
  public Violation(String message) {
    super(message);
  }
}
