package io.stepwise.integration;

import io.stepwise.expression.Payload;
import org.jspecify.annotations.Nullable;

/** How a connector's work went. */
public sealed interface ConnectorOutcome {

  /** It went well. */
  record Success(Payload output) implements ConnectorOutcome {}

  /**
   * A job began that goes on by itself: the one good answer to a request with the pattern {@code
   * .sync} or {@code .sync:2}.
   *
   * @param output the service's answer, for the history
   * @param job what the connector knows the job by, over restarts. Limits: {@value
   *     #JOB_REFERENCE_MAX} characters
   */
  record Submitted(Payload output, String job) implements ConnectorOutcome {}

  /** Longest reference of a job. Units: characters. */
  int JOB_REFERENCE_MAX = 4_096;

  /** It failed, with an error name that a state machine can catch. */
  record Failure(@Nullable String error, @Nullable String cause) implements ConnectorOutcome {
    /** The failure of a task whose integration nothing here does the work of. */
    public static Failure unsupported(String resourceArn) {
      return new Failure(
          "Stepwise.UnsupportedIntegration",
          "Stepwise does not support the integration "
              + resourceArn
              + " yet. A mock can answer it: --mock, or SFN_MOCK_CONFIG.");
    }
  }
}
