package io.stepwise.engine;

import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.expression.Payload;

/** What the sender of a command is told, after the commit. */
public sealed interface Reply {
  /** Done, nothing to tell. */
  Done DONE = new Done();

  /** The command came too late: what it names is over. Nothing was changed. */
  Gone GONE = new Gone();

  /** Done, nothing to tell. */
  record Done() implements Reply {}

  /** What the command names is over. */
  record Gone() implements Reply {}

  /** An execution was started. Units: milliseconds since 1970. */
  record Started(String executionArn, long startMillis) implements Reply {}

  /** An execution is over, whether by this command or before. */
  record Closed(ExecutionStatus status, long stopMillis) implements Reply {}

  /** An execution goes on. Units: milliseconds since 1970. */
  record Redriven(long redriveMillis) implements Reply {}

  /** An execution cannot be redriven; the reason in AWS's words. */
  record NotRedrivable(String reason) implements Reply {}

  /** A worker got the task of an activity. */
  record ActivityTask(String taskToken, Payload input) implements Reply {}
}
