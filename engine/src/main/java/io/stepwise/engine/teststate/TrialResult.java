package io.stepwise.engine.teststate;

import io.stepwise.engine.behavior.Inspector.MapLimit;
import io.stepwise.engine.behavior.Inspector.Stage;
import io.stepwise.expression.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a state under test ended, and what was seen on the way.
 *
 * @param nextState where the machine would go, or null
 * @param stages what the data flow got to, in that order
 * @param limits what a Map was told
 * @param variables the variables after the state
 * @param retryIndex the retrier that took the failure, or null
 * @param retrySeconds until the retry, or null where no attempt is left
 * @param catchIndex the catcher that took the failure, or null
 */
public record TrialResult(
    Status status,
    @Nullable Payload output,
    @Nullable String error,
    @Nullable String cause,
    @Nullable String nextState,
    Map<Stage, Payload> stages,
    Map<MapLimit, Double> limits,
    Map<String, Payload> variables,
    @Nullable Integer retryIndex,
    @Nullable Double retrySeconds,
    @Nullable Integer catchIndex) {

  /** How it ended. */
  public enum Status {
    /** Well. */
    SUCCEEDED,
    /** With an error that nothing takes. */
    FAILED,
    /** With an error after which it would be tried again. */
    RETRIABLE,
    /** With an error that a catcher takes. */
    CAUGHT_ERROR
  }
}
