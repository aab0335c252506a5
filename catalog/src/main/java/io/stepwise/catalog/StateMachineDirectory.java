package io.stepwise.catalog;

import io.stepwise.engine.execution.StateMachineRevision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the engine must know of the catalog; answers from memory. */
public interface StateMachineDirectory {

  /** The revision of that id, which some execution is pinned to. */
  StateMachineRevision revision(long id);

  /**
   * What an ARN, with or without a version or alias, starts now.
   *
   * @param seed picks the version of an alias that routes to two; the same seed, the same one
   */
  Optional<Target> find(String stateMachineArn, long seed);

  /** Whether a state machine was deleted, so that its executions end at their next transition. */
  default boolean isDeleted(String stateMachineArn) {
    return false;
  }

  /** Whether there is such an activity. */
  boolean activityExists(String activityArn);

  /** What an ARN starts. */
  record Target(
      StateMachineRevision machine, @Nullable String versionArn, @Nullable String aliasArn) {}
}
