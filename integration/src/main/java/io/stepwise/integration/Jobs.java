package io.stepwise.integration;

import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.IntegrationPattern;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that a connector begins for tasks with the patterns {@code .sync} and {@code .sync:2}:
 * the runtime asks how they are doing, with growing pauses, until they are over, and has those
 * stopped that nobody waits for any more. Thread safe; never blocks the caller.
 */
public interface Jobs {
  /**
   * A job, as the runtime remembers it, over restarts.
   *
   * @param service see {@link Connector#supports}
   * @param action see {@link Connector#supports}
   * @param reference what the connector knows it by; see {@link ConnectorOutcome.Submitted}
   * @param roleArn role of {@code Credentials}, if the state sets one
   * @param location where the state machine is
   */
  record Job(
      String resourceArn,
      String service,
      String action,
      IntegrationPattern pattern,
      String reference,
      Optional<String> roleArn,
      AwsLocation location) {}

  /** How a job is doing. */
  sealed interface Status {
    /** Not over; or nothing could be learned just now, as where the service can't be reached. */
    record Running() implements Status {}

    /**
     * Over.
     *
     * @param outcome what becomes of the task: a success or a failure
     */
    record Ended(ConnectorOutcome outcome) implements Status {}
  }

  /**
   * Asks how a job is doing. What goes wrong for a while is {@link Status.Running}; what will not
   * mend by itself, as a job that is not there, has ended.
   */
  CompletableFuture<Status> poll(Job job);

  /** Asks to stop a job. Completes when the service has answered, whatever it was. */
  CompletableFuture<@Nullable Void> stop(Job job);
}
