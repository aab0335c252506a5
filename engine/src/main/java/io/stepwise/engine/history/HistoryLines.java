package io.stepwise.engine.history;

import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.HistoryEvent;

/**
 * Prints history events as short lines such as {@code 7<-6 MapIterationFailed{0}}: id, previous id,
 * type, and what tells events of one type apart.
 */
public final class HistoryLines {
  private HistoryLines() {}

  /** The line of one event. */
  public static String of(HistoryEvent event) {
    var detail = detail(event.details());
    return event.id()
        + "<-"
        + event.previousEventId()
        + " "
        + event.type()
        + (detail.isEmpty() ? "" : "{" + detail + "}");
  }

  private static String detail(EventDetails details) {
    return switch (details) {
      case EventDetails.StateEntered(var name, var input) -> name;
      case EventDetails.StateExited exited -> exited.name();
      case EventDetails.Failure(var error, var cause) -> error == null ? "" : error;
      case EventDetails.TaskFailure failure -> failure.error() == null ? "" : failure.error();
      case EventDetails.EvaluationFailed failed -> failed.error();
      case EventDetails.MapStarted(var length) -> Integer.toString(length);
      case EventDetails.MapIteration(var name, var index) -> Integer.toString(index);
      case EventDetails.ActivityStarted(var worker) -> worker == null ? "" : worker;
      case EventDetails.Redriven(var count) -> Integer.toString(count);
      case EventDetails.MapRunRedriven(var arn, var count) -> Integer.toString(count);
      case EventDetails.None none -> "";
      case EventDetails.Started started -> "";
      case EventDetails.Output output -> "";
      case EventDetails.LambdaScheduled scheduled -> "";
      case EventDetails.ActivityScheduled scheduled -> "";
      case EventDetails.TaskScheduled scheduled -> "";
      case EventDetails.TaskStarted started -> "";
      case EventDetails.TaskOutput output -> "";
      case EventDetails.MapRun run -> "";
    };
  }
}
