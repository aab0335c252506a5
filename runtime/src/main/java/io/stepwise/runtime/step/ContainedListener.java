package io.stepwise.runtime.step;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Timer;
import io.stepwise.runtime.port.DecisionListener;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener that can hurt nobody: what it throws is logged, the first time and then ever more
 * rarely, and the shard goes on.
 */
final class ContainedListener implements DecisionListener {
  private static final Logger LOG = LoggerFactory.getLogger(ContainedListener.class);

  private final DecisionListener listener;
  private long faults;

  ContainedListener(DecisionListener listener) {
    this.listener = listener;
  }

  @Override
  public void decided(Execution execution, List<Event> events, @Nullable ExecutionStatus before) {
    contain(() -> listener.decided(execution, events, before));
  }

  @Override
  public void decided(Decided decided, List<Event> events, @Nullable ExecutionStatus before) {
    contain(() -> listener.decided(decided, events, before));
  }

  @Override
  public boolean hearsDecisions() {
    return listener.hearsDecisions();
  }

  @Override
  public void timerFired(Timer timer, long nowMillis) {
    contain(() -> listener.timerFired(timer, nowMillis));
  }

  @Override
  public void committed(int messages, long nanos) {
    contain(() -> listener.committed(messages, nanos));
  }

  private void contain(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      faults++;
      if (Long.bitCount(faults) == 1) {
        LOG.error(
            "SW-LISTENER-FAULT (docs/errors/SW-LISTENER-FAULT.md): expected {} to hear of a decision, but it failed, {} times so far;"
                + " what it counts or shows may be wrong, executions are not",
            listener.getClass().getName(),
            faults,
            e);
      }
    }
  }
}
