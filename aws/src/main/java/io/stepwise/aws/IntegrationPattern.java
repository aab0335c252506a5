package io.stepwise.aws;

import java.util.Optional;

/** When a service integration is done. */
public enum IntegrationPattern {
  /** When the service has answered. */
  REQUEST_RESPONSE(""),
  /** When the job that the service started has ended. */
  SYNC(".sync"),
  /** As {@link #SYNC}, with the job's output as JSON. */
  SYNC_2(".sync:2"),
  /** When somebody sends the task token back. */
  WAIT_FOR_TASK_TOKEN(".waitForTaskToken");

  private final String suffix;

  IntegrationPattern(String suffix) {
    this.suffix = suffix;
  }

  /** What the pattern appends to the action. */
  public String suffix() {
    return suffix;
  }

  /** The pattern with that suffix. */
  public static Optional<IntegrationPattern> ofSuffix(String suffix) {
    for (var pattern : values()) {
      if (pattern.suffix.equals(suffix)) {
        return Optional.of(pattern);
      }
    }
    return Optional.empty();
  }
}
