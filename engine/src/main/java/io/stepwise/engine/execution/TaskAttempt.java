package io.stepwise.engine.execution;

import io.stepwise.expression.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a task: what was asked for, and how far it got. Its life: {@link
 * Lifecycle#TASK_ATTEMPT}.
 *
 * @param stamp unique in its scope; a new attempt gets a new one
 * @param parameters what the resource is asked to do
 * @param heartbeatSeconds longest silence of the worker, or 0 for no limit
 * @param credentialsRoleArn the role to assume, or null
 * @param heardAtMillis when the worker was last known to be alive
 * @param job the job that its connector has begun, or null
 * @param invocation in an execution of a test case, how many attempts at this state there were
 *     before; otherwise −1
 */
public record TaskAttempt(
    int stamp,
    Phase phase,
    Payload parameters,
    long timeoutSeconds,
    long heartbeatSeconds,
    @Nullable String credentialsRoleArn,
    long heardAtMillis,
    @Nullable Job job,
    int invocation) {

  /**
   * A job that goes on outside until a poll finds it over.
   *
   * @param reference what its connector knows it by
   * @param sinceMillis when it was submitted. Units: milliseconds since 1970
   */
  public record Job(String reference, long sinceMillis) {}

  /** How far an attempt got. */
  public enum Phase {
    /** Handed to a connector, or offered to the workers of an activity. */
    DISPATCHED,
    /** Taken by a worker of the activity. */
    STARTED,
    /** Accepted by the service; the job runs, or somebody holds the token. */
    SUBMITTED
  }

  /** The same attempt in another phase. */
  public TaskAttempt in(Phase next) {
    return with(Lifecycle.TASK_ATTEMPT.next(phase, next), heardAtMillis, job);
  }

  /** The same attempt, its worker heard at another time. */
  public TaskAttempt heardAt(long millis) {
    return with(phase, millis, job);
  }

  /** The same attempt, which waits for a job from now on. */
  public TaskAttempt awaiting(Job begun) {
    return in(Phase.SUBMITTED).withJob(begun);
  }

  /** Puts back the job that storage kept. */
  public TaskAttempt withJob(Job begun) {
    return with(phase, heardAtMillis, begun);
  }

  private TaskAttempt with(Phase nextPhase, long nextHeardAtMillis, @Nullable Job nextJob) {
    return new TaskAttempt(
        stamp,
        nextPhase,
        parameters,
        timeoutSeconds,
        heartbeatSeconds,
        credentialsRoleArn,
        nextHeardAtMillis,
        nextJob,
        invocation);
  }
}
