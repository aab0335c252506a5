package io.stepwise.cli.run;

import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.HistoryEvent;
import org.jspecify.annotations.Nullable;

/** A history event in one line, for people. */
public final class EventLine {
  private EventLine() {}

  /** Time since the start, id, type, and what tells events of one type apart. */
  public static String of(HistoryEvent event, long startMillis) {
    return of(
        event.timestampMillis() - startMillis,
        event.id(),
        event.previousEventId(),
        event.type().name(),
        detail(event.details()));
  }

  /** The same of parts; {@code sinceStart} in milliseconds. */
  public static String of(
      long sinceStart, long id, long previousEventId, String type, String detail) {
    return "%10s  %5d %6s  %-24s %s"
        .formatted("+" + TreePainter.duration(sinceStart), id, "← " + previousEventId, type, detail)
        .stripTrailing();
  }

  /** A duration for people. Units: milliseconds. */
  public static String duration(long millis) {
    return TreePainter.duration(millis);
  }

  private static String detail(EventDetails details) {
    return switch (details) {
      case EventDetails.StateEntered(var name, var input) -> name;
      case EventDetails.StateExited exited -> exited.name();
      case EventDetails.Failure(var error, var cause) -> reason(error, cause);
      case EventDetails.TaskFailure failure -> reason(failure.error(), failure.cause());
      case EventDetails.EvaluationFailed failed -> reason(failed.error(), failed.cause());
      case EventDetails.MapStarted(var length) -> length + " items";
      case EventDetails.MapIteration(var name, var index) -> name + " #" + index;
      case EventDetails.ActivityStarted(var worker) -> worker == null ? "" : worker;
      case EventDetails.Redriven(var count) -> "redrive " + count;
      case EventDetails.MapRunRedriven(var arn, var count) -> "redrive " + count;
      case EventDetails.LambdaScheduled scheduled -> scheduled.resource();
      case EventDetails.ActivityScheduled scheduled -> scheduled.resource();
      case EventDetails.TaskScheduled scheduled ->
          scheduled.resourceType() + ":" + scheduled.resource();
      case EventDetails.MapRun run -> run.mapRunArn();
      case EventDetails.None none -> "";
      case EventDetails.Started started -> "";
      case EventDetails.Output output -> "";
      case EventDetails.TaskStarted started -> "";
      case EventDetails.TaskOutput output -> "";
    };
  }

  private static String reason(@Nullable String error, @Nullable String cause) {
    return (error == null ? "" : error) + (cause == null ? "" : ": " + cause);
  }
}
