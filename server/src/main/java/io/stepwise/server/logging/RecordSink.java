package io.stepwise.server.logging;

import io.stepwise.logs.LogStore.Line;

/** Where records of executions go. Thread safe; never blocks, and loses no line without a word. */
public interface RecordSink {
  /**
   * Takes a record.
   *
   * @param groupArn the log group, without the star at its end
   */
  void offer(String groupArn, String stream, Line record);

  /**
   * Whether a record of an event is there already, or need not be sent again.
   *
   * @param millis when the event was. Units: milliseconds since 1970
   */
  boolean hasEvent(String groupArn, String executionArn, long eventId, long millis);
}
