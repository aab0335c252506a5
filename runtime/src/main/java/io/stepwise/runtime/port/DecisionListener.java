package io.stepwise.runtime.port;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Timer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hears of every decision once it is durable, and of every one about an Express execution once its
 * batch is through: the seam for metrics and for showing a run.
 *
 * <p>What it throws is logged and changes nothing: see {@code ContainedListener}. Called on the
 * thread of the shard, which it must not hold up.
 */
@FunctionalInterface
public interface DecisionListener {
  /** Listens to nothing. */
  DecisionListener NONE = (execution, events, before) -> {};

  /**
   * An execution that something was decided about.
   *
   * @param execution as it is now
   * @param after its status right after this decision
   */
  record Decided(Execution execution, ExecutionStatus after) {
    /** An execution as it is now. */
    public static Decided now(Execution execution) {
      return new Decided(execution, execution.status());
    }
  }

  /** Tells two, in this order. */
  static DecisionListener both(DecisionListener first, DecisionListener second) {
    return new DecisionListener() {
      @Override
      public void decided(
          Execution execution, List<Event> events, @Nullable ExecutionStatus before) {
        decided(Decided.now(execution), events, before);
      }

      @Override
      public void decided(Decided decided, List<Event> events, @Nullable ExecutionStatus before) {
        first.decided(decided, events, before);
        second.decided(decided, events, before);
      }

      @Override
      public boolean hearsDecisions() {
        return first.hearsDecisions() || second.hearsDecisions();
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
   * A decision was made, and is durable where the execution is stored.
   *
   * @param execution as it is now, which may be after further decisions of the same batch
   * @param before status before the decision; null for an execution that is new
   */
  void decided(Execution execution, List<Event> events, @Nullable ExecutionStatus before);

  /** As above, for who must know how the execution was right after the decision. */
  default void decided(Decided decided, List<Event> events, @Nullable ExecutionStatus before) {
    decided(decided.execution(), events, before);
  }

  /** Whether it wants to hear of decisions; one that does not costs them nothing. */
  default boolean hearsDecisions() {
    return true;
  }

  /** A timer is about to be handed to the decider. */
  default void timerFired(Timer timer, long nowMillis) {}

  /** That many messages were made durable by a commit that took {@code nanos}. */
  default void committed(int messages, long nanos) {}
}
