package io.stepwise.runtime.port;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.execution.Execution;
import java.util.List;

/**
 * Sees what a commit has made durable before anybody is told: for the oracles of tests and of the
 * simulation. What it throws ends the step.
 */
@FunctionalInterface
public interface DecisionProbe {
  /** Looks at nothing. */
  DecisionProbe NONE = decisions -> {};

  /** A decision about a stored execution, which may have moved on since. */
  record Written(Execution execution, List<Event> events, boolean isNew) {}

  /** These decisions are durable now, in the order in which they were made. */
  void committed(List<Written> decisions);
}
