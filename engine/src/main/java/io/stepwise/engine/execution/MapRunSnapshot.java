package io.stepwise.engine.execution;

/**
 * A map run as DescribeMapRun shows it.
 *
 * @param stopMillis when it ended; 0 while it runs. Units: milliseconds since 1970
 * @param redriveCount how often it was redriven
 * @param redriveMillis when it was last redriven, or 0. Units: milliseconds since 1970
 * @param executions counts of its child executions
 * @param items counts of its items, which differ from those where items are batched
 */
public record MapRunSnapshot(
    String arn,
    String executionArn,
    String stateMachineArn,
    ExecutionStatus status,
    long startMillis,
    long stopMillis,
    int maxConcurrency,
    long toleratedFailureCount,
    double toleratedFailurePercentage,
    int redriveCount,
    long redriveMillis,
    Counts executions,
    Counts items) {

  /** How many are in which status; those that wait for their redrive are in none other. */
  public record Counts(
      long total,
      long pending,
      long running,
      long succeeded,
      long failed,
      long timedOut,
      long aborted,
      long pendingRedrive) {

    /** The same with so many that wait for their redrive. */
    public Counts withPendingRedrive(long count) {
      return new Counts(total, pending, running, succeeded, failed, timedOut, aborted, count);
    }
  }

  /** The map run behind a fan-out, as it is now. */
  static MapRunSnapshot of(
      Execution execution, FanOut fanOut, ExecutionStatus status, long stopMillis) {
    var plan = fanOut.plan().mapRun();
    if (plan == null) {
      throw new IllegalStateException("Expected a map run");
    }
    var over = status.isClosed();
    var redrive = fanOut.redrive();
    var executions =
        new Counts(
            fanOut.childrenTotal(),
            fanOut.childrenTotal() - fanOut.nextIndex(),
            over ? 0 : fanOut.running(),
            fanOut.succeeded(),
            fanOut.failed(),
            fanOut.timedOut(),
            fanOut.aborted() + (over ? fanOut.running() : 0),
            fanOut.pendingRedrive());
    var items =
        new Counts(
            fanOut.itemsTotal(),
            fanOut.itemsPending(),
            over ? 0 : fanOut.itemsRunning(),
            fanOut.itemsOf(ExecutionStatus.SUCCEEDED),
            fanOut.itemsOf(ExecutionStatus.FAILED),
            fanOut.itemsOf(ExecutionStatus.TIMED_OUT),
            fanOut.itemsOf(ExecutionStatus.ABORTED) + (over ? fanOut.itemsRunning() : 0),
            fanOut.itemsPendingRedrive());
    return new MapRunSnapshot(
        plan.arn(),
        execution.header().arn().text(),
        execution.header().machine().stateMachineArn().text(),
        status,
        plan.startMillis(),
        stopMillis,
        fanOut.maxConcurrency(),
        Math.max(0, fanOut.toleratedFailureCount()),
        Math.max(0, fanOut.toleratedFailurePercentage()),
        fanOut.redriveCount(),
        redrive == null ? 0 : redrive.millis(),
        executions,
        items);
  }
}
