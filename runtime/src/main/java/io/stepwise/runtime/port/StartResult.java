package io.stepwise.runtime.port;

/** How a request to start an execution went. */
public sealed interface StartResult {
  /**
   * It runs, or ran before with the same name and input and still does.
   *
   * @param startMillis when it started. Units: milliseconds since 1970
   */
  record Started(String executionArn, long startMillis) implements StartResult {}

  /** There is another execution of that name: closed, or with another input. */
  record AlreadyExists(String executionArn) implements StartResult {}

  /** Too many Express executions are running already. */
  record TooMany() implements StartResult {}
}
