package io.stepwise.engine.execution;

/** Status of an execution, spelled as AWS spells it. */
public enum ExecutionStatus {
  RUNNING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  ABORTED,
  PENDING_REDRIVE;

  /** Whether the execution is over. */
  public boolean isClosed() {
    return this != RUNNING && this != PENDING_REDRIVE;
  }
}
