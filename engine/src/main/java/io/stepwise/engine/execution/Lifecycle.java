package io.stepwise.engine.execution;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The states that a thing passes through, and all the steps there are between them. Whoever changes
 * a state asks here, so that a wrong step is an error where it is taken and not a wrong row later.
 *
 * <p>The same as pictures: docs/lifecycles.md.
 */
public final class Lifecycle<S extends Enum<S>> {
  /** Of an execution. */
  public static final Lifecycle<ExecutionStatus> EXECUTION =
      new Lifecycle<>("Execution", ExecutionStatus.class)
          .begins(ExecutionStatus.RUNNING, "ExecutionStarted")
          .step(ExecutionStatus.RUNNING, ExecutionStatus.SUCCEEDED, "ExecutionSucceeded")
          .step(ExecutionStatus.RUNNING, ExecutionStatus.FAILED, "ExecutionFailed")
          .step(ExecutionStatus.RUNNING, ExecutionStatus.TIMED_OUT, "ExecutionTimedOut")
          .step(ExecutionStatus.RUNNING, ExecutionStatus.ABORTED, "ExecutionAborted")
          .step(ExecutionStatus.FAILED, ExecutionStatus.RUNNING, "ExecutionRedriven")
          .step(ExecutionStatus.TIMED_OUT, ExecutionStatus.RUNNING, "ExecutionRedriven")
          .step(ExecutionStatus.ABORTED, ExecutionStatus.RUNNING, "ExecutionRedriven");

  /** Of an attempt at a task. */
  public static final Lifecycle<TaskAttempt.Phase> TASK_ATTEMPT =
      new Lifecycle<>("Task attempt", TaskAttempt.Phase.class)
          .begins(TaskAttempt.Phase.DISPATCHED, "scheduled")
          .step(TaskAttempt.Phase.DISPATCHED, TaskAttempt.Phase.STARTED, "taken by a worker")
          .step(TaskAttempt.Phase.DISPATCHED, TaskAttempt.Phase.SUBMITTED, "accepted, goes on")
          .ends(TaskAttempt.Phase.DISPATCHED, "answered, timed out or stopped")
          .ends(TaskAttempt.Phase.STARTED, "answered, timed out or stopped")
          .ends(TaskAttempt.Phase.SUBMITTED, "settled, timed out or stopped");

  /** Of a map run. */
  public static final Lifecycle<FanOut.Phase> MAP_RUN =
      new Lifecycle<>("Map run", FanOut.Phase.class)
          .begins(FanOut.Phase.UNDER_WAY, "MapRunStarted")
          .step(FanOut.Phase.UNDER_WAY, FanOut.Phase.SUSPENDED, "MapRunFailed, or stopped")
          .step(FanOut.Phase.SUSPENDED, FanOut.Phase.UNDER_WAY, "MapRunRedriven")
          .ends(FanOut.Phase.UNDER_WAY, "MapRunSucceeded")
          .ends(FanOut.Phase.SUSPENDED, "its failure was caught, or will not be redriven");

  private final String name;
  private final Map<S, Set<S>> next;
  private final List<Step<S>> steps = new ArrayList<>();

  /**
   * A step.
   *
   * @param from null where the thing begins
   * @param to null where it ends
   * @param by what makes it take the step
   */
  public record Step<S>(@Nullable S from, @Nullable S to, String by) {}

  private Lifecycle(String name, Class<S> states) {
    this.name = name;
    this.next = new EnumMap<>(states);
    for (var state : states.getEnumConstants()) {
      next.put(state, EnumSet.noneOf(states));
    }
  }

  private Lifecycle<S> begins(S to, String by) {
    steps.add(new Step<>(null, to, by));
    return this;
  }

  private Lifecycle<S> ends(S from, String by) {
    steps.add(new Step<>(from, null, by));
    return this;
  }

  private Lifecycle<S> step(S from, S to, String by) {
    steps.add(new Step<>(from, to, by));
    after(from).add(to);
    return this;
  }

  private Set<S> after(S from) {
    var known = next.get(from);
    if (known == null) {
      throw new IllegalStateException("Expected all states to be known");
    }
    return known;
  }

  /** What has such a life. */
  public String name() {
    return name;
  }

  /** All steps. */
  public List<Step<S>> steps() {
    return List.copyOf(steps);
  }

  /** The state after a step. Errors: IllegalStateException where there is no such step. */
  public S next(S from, S to) {
    if (!after(from).contains(to)) {
      throw new IllegalStateException("Expected no step from " + from + " to " + to + ": " + name);
    }
    return to;
  }
}
