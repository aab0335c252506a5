package io.stepwise.integration;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Does the work of tasks for one service. Thread safe; never blocks the caller. */
public interface Connector {

  /**
   * Whether it does the work of such a task.
   *
   * @param service {@code resourceType} of the history, e.g. {@code lambda} or {@code
   *     aws-sdk:dynamodb}
   * @param action the action without the pattern's suffix; {@code function} for a task that names a
   *     Lambda function directly
   */
  boolean supports(String service, String action);

  /**
   * Does the work. The future always completes normally: what goes wrong is an outcome, in AWS's
   * names and words. Cancelling it gives the work up.
   */
  CompletableFuture<ConnectorOutcome> invoke(ConnectorRequest request);

  /** The jobs that it begins; empty where it begins none, and supports no {@code .sync}. */
  default Optional<Jobs> jobs() {
    return Optional.empty();
  }
}
