package io.stepwise.asl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Task state.
 *
 * @param resource what does the work
 * @param timeoutSeconds bound on one attempt, or null
 * @param heartbeatSeconds longest silence of the worker, or null
 * @param credentials role to assume, or null
 */
public record TaskState(
    String name,
    DataFlow dataFlow,
    TaskResource resource,
    @Nullable ValueSource timeoutSeconds,
    @Nullable ValueSource heartbeatSeconds,
    @Nullable ValueSource credentials,
    List<Retrier> retriers,
    List<Catcher> catchers,
    Transition transition)
    implements State {
  @Override
  public StateType type() {
    return StateType.TASK;
  }
}
