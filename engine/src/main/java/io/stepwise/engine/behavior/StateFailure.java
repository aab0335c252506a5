package io.stepwise.engine.behavior;

import org.jspecify.annotations.Nullable;

/**
 * A state that failed, as data of the execution.
 *
 * @param error null only where a Fail state or SendTaskFailure gave none
 * @param eventId the history event that says so: everything that follows from it points there
 * @param missedHeartbeat whether it is a timeout for want of a heartbeat
 */
record StateFailure(
    @Nullable String error, @Nullable String cause, long eventId, boolean missedHeartbeat) {

  StateFailure(@Nullable String error, @Nullable String cause, long eventId) {
    this(error, cause, eventId, false);
  }
}
