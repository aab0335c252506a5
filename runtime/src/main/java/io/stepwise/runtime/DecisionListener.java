package io.stepwise.runtime;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Timer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees every decision about a stored execution between deciding and writing, and every one about an
 * Express execution: the seam for the simulation's checks, for metrics, and for showing a run.
 */
@FunctionalInterface
public interface DecisionListener {
  /** Listens to nothing. */
  DecisionListener NONE = (execution, events, before) -> {};

  /** Tells two, in this order. */
  static DecisionListener both(DecisionListener first, DecisionListener second) {
    return new DecisionListener() {
      @Override
      public void decided(
          Execution execution, List<Event> events, @Nullable ExecutionStatus before) {
        first.decided(execution, events, before);
        second.decided(execution, events, before);
      }

      @Override
      public void decidedInMemory(
          Execution execution, List<Event> events, @Nullable ExecutionStatus before) {
        first.decidedInMemory(execution, events, before);
        second.decidedInMemory(execution, events, before);
      }

      @Override
      public void timerFired(Timer timer, long nowMillis) {
        first.timerFired(timer, nowMillis);
        second.timerFired(timer, nowMillis);
      }

      @Override
      public void committed(int messages, long nanos) {
        first.committed(messages, nanos);
        second.committed(messages, nanos);
      }
    };
  }

  /**
   * A decision was made and is about to be written.
   *
   * @param before status before the decision; null for an execution that is new
   */
  void decided(Execution execution, List<Event> events, @Nullable ExecutionStatus before);

  /** As {@link #decided}, for an Express execution, which is never stored. */
  default void decidedInMemory(
      Execution execution, List<Event> events, @Nullable ExecutionStatus before) {}

  /** A timer is about to be handed to the decider. */
  default void timerFired(Timer timer, long nowMillis) {}

  /** That many messages were made durable by a commit that took {@code nanos}. */
  default void committed(int messages, long nanos) {}
}
