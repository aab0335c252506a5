package io.stepwise.runtime.step;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Timer;
import io.stepwise.runtime.feed.ContainedFaults;
import io.stepwise.runtime.port.DecisionListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A listener that can hurt nobody: whatever it throws, the shard goes on. */
final class ContainedListener implements DecisionListener {
  private final DecisionListener listener;
  private final ContainedFaults faults;

  ContainedListener(DecisionListener listener) {
    this.listener = listener;
    this.faults = new ContainedFaults(listener.getClass().getName());
  }

  @Override
  public void decided(Execution execution, List<Event> events, @Nullable ExecutionStatus before) {
    faults.contain(() -> listener.decided(execution, events, before));
  }

  @Override
  public void decided(Decided decided, List<Event> events, @Nullable ExecutionStatus before) {
    faults.contain(() -> listener.decided(decided, events, before));
  }

  @Override
  public boolean hearsDecisions() {
    return listener.hearsDecisions();
  }

  @Override
  public void timerFired(Timer timer, long nowMillis) {
    faults.contain(() -> listener.timerFired(timer, nowMillis));
  }

  @Override
  public void committed(int messages, long nanos) {
    faults.contain(() -> listener.committed(messages, nanos));
  }
}
