package io.stepwise.connectors.mock;

/** What is wrong with a mock configuration, and in which line. */
final class BadMockConfig extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  BadMockConfig(int line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  int line() {
    return line;
  }
}
