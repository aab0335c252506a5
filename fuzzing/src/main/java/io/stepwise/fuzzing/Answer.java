package io.stepwise.fuzzing;

import java.time.Duration;

/**
 * What came back.
 *
 * @param status HTTP's, or 0 where the answer was not waited for
 */
record Answer(int status, String headers, String body, Duration time) {
  /** Whether the client went away first, as it does from a long poll. */
  boolean isAbandoned() {
    return status == 0;
  }
}
