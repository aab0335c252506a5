package io.stepwise.server.logging;

import io.stepwise.logs.LogEvent.Place;
import io.stepwise.logs.LogStore;
import io.stepwise.logs.LogStore.Line;
import io.stepwise.logs.pattern.FilterPattern;

/** Keeps records of executions in the log store of this server. */
public final class LogsHere implements RecordSink {
  private final LogStore logs;

  /** In {@code logs}. */
  public LogsHere(LogStore logs) {
    this.logs = logs;
  }

  @Override
  public void offer(String groupArn, String stream, Line record) {
    logs.offerIfThere(groupArn, stream, record);
  }

  @Override
  public boolean hasEvent(String groupArn, String executionArn, long eventId, long millis) {
    var group = logs.group(groupArn);
    if (group.isEmpty()) {
      return true;
    }
    var pattern =
        FilterPattern.of(
            "{ $.execution_arn = \"" + executionArn + "\" && $.id = \"" + eventId + "\" }");
    var from = new Place(millis, 0);
    var to = new Place(millis + 1, 0);
    return !logs.filter(group.get(), stream -> true, pattern, from, to, 1).events().isEmpty();
  }
}
