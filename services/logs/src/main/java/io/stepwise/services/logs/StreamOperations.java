package io.stepwise.services.logs;

import io.stepwise.logs.LogGroup;
import io.stepwise.logs.LogStore;
import io.stepwise.logs.LogStream;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.logs.LogsError.InvalidParameterException;
import io.stepwise.services.logs.LogsError.ResourceAlreadyExistsException;
import io.stepwise.services.logs.LogsError.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Streams. */
final class StreamOperations {
  private static final int PAGE = 50;

  /** Comes last of all in tokens of pages ordered by time: after it is the name. */
  private static final char BREAK = '\n';

  private final LogStore store;

  StreamOperations(LogStore store) {
    this.store = store;
  }

  List<Operation> all() {
    var named = Shape.of(Named.GROUP.required(), Named.STREAM.required());
    return List.of(
        Operation.blocking("CreateLogStream", named, this::create),
        Operation.blocking("DeleteLogStream", named, this::delete),
        Operation.blocking(
            "DescribeLogStreams",
            Shape.of(
                Named.GROUP,
                Named.IDENTIFIER,
                Named.prefix("logStreamNamePrefix"),
                Member.oneOf("orderBy", "LogStreamName", "LastEventTime"),
                Member.flag("descending"),
                Named.TOKEN,
                Member.whole("limit", 1, PAGE)),
            this::describe));
  }

  private void create(Call call) {
    var group = Named.group(call, store);
    if (!store.createStream(group.arn(), call.text("logStreamName"))) {
      throw new ResourceAlreadyExistsException("The specified log stream already exists")
          .toException();
    }
    call.done();
  }

  private void delete(Call call) {
    var group = Named.group(call, store);
    if (!store.deleteStream(group.arn(), call.text("logStreamName"))) {
      throw ResourceNotFoundException.ofStream();
    }
    call.done();
  }

  private void describe(Call call) {
    var group = Named.group(call, store);
    var prefix = call.text("logStreamNamePrefix", "");
    var byTime = call.text("orderBy", "LogStreamName").equals("LastEventTime");
    if (byTime && !prefix.isEmpty()) {
      throw new InvalidParameterException(
              "Cannot order by LastEventTime with a logStreamNamePrefix.")
          .toException();
    }
    store.flush();
    List<LogStream> streams = new ArrayList<>();
    for (var stream : store.streams(group.arn())) {
      if (stream.name().startsWith(prefix)) {
        streams.add(stream);
      }
    }
    var order = Comparator.comparing(LogStream::name);
    if (byTime) {
      order = Comparator.comparingLong(LogStream::lastMillis).thenComparing(LogStream::name);
    }
    if (call.flag("descending", false)) {
      order = order.reversed();
    }
    streams.sort(order);
    var from = call.has("nextToken") ? after(streams, Named.cursor(call), order) : 0;
    var end = Math.min(streams.size(), from + call.whole("limit", PAGE));
    var output = Outputs.object();
    var shown = output.putArray("logStreams");
    streams.subList(from, end).forEach(stream -> show(group, stream, shown.addObject()));
    if (end < streams.size()) {
      var last = streams.get(end - 1);
      output.put("nextToken", Named.token(last.lastMillis() + "" + BREAK + last.name()));
    }
    call.reply(output);
  }

  /** How many streams come before those of the next page, also where the last one has gone. */
  private static int after(List<LogStream> streams, String cursor, Comparator<LogStream> order) {
    var at = cursor.indexOf(BREAK);
    if (at < 0 || !cursor.substring(0, at).matches("[0-9]{1,18}")) {
      throw Named.invalidToken();
    }
    var last =
        new LogStream(
            0, 0, cursor.substring(at + 1), 0, Long.parseLong(cursor.substring(0, at)), 0, false);
    return (int) streams.stream().filter(stream -> order.compare(stream, last) <= 0).count();
  }

  private void show(LogGroup group, LogStream stream, ObjectNode shown) {
    shown.put("logStreamName", stream.name());
    shown.put("creationTime", stream.createdMillis());
    if (stream.lastIngestionMillis() > 0) {
      shown.put("firstEventTimestamp", store.firstMillis(stream).orElse(stream.lastMillis()));
      shown.put("lastEventTimestamp", stream.lastMillis());
      shown.put("lastIngestionTime", stream.lastIngestionMillis());
    }
    shown.put("uploadSequenceToken", EventOperations.SEQUENCE_TOKEN);
    shown.put("arn", group.arn() + ":log-stream:" + stream.name());
    shown.put("storedBytes", 0); // so since June 2019
  }
}
