package io.stepwise.engine.execution;

/**
 * A moment at which an execution must go on by itself.
 *
 * @param dueMillis when. Units: milliseconds since 1970
 * @param scopeId the scope whose active state waits; 0 for the execution
 * @param stamp the attempt it belongs to; a timer of an older attempt is stale
 */
public record Timer(long dueMillis, int scopeId, int stamp, Kind kind) {

  /** What is due. */
  public enum Kind {
    /** The whole execution has run too long. */
    EXECUTION_TIMEOUT,
    /** A Wait state is over. */
    WAIT,
    /** A state is tried again. */
    RETRY,
    /** An attempt at a task has run too long. */
    TASK_TIMEOUT,
    /** A worker should have shown that it is alive. */
    HEARTBEAT,
    /** A long decision goes on. */
    CONTINUE,
    /** A job may be over by now. */
    JOB_POLL
  }
}
