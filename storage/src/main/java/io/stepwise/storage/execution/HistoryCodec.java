package io.stepwise.storage.execution;

import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.expression.Payload;
import io.stepwise.storage.RowReader;
import io.stepwise.storage.RowWriter;
import io.stepwise.storage.StorageFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The binary form of a history row: all events of one decision.
 *
 * <pre>
 * version · timestamp · payload table · event count · events
 * event   = type · id − previousEventId (0: none) · details
 * payload = 0 index           in this row's table
 *         | 1 chunk index     in an earlier row of the execution
 *         | 2 text            short, in place
 * name    = 0 text | n        the n-th name of this row
 * </pre>
 *
 * A payload stands in one row of its execution; later events refer to it. One instance encodes for
 * one thread.
 */
final class HistoryCodec {
  /** A payload up to this size is written where it is used. Units: characters. */
  static final int SHORT_MAX = 48;

  private static final int VERSION = 1;

  private final RowWriter row = new RowWriter();
  private final RowWriter body = new RowWriter();
  private final List<Payload> table = new ArrayList<>();
  private final Map<String, Integer> names = new HashMap<>();

  /** Encodes the events of one decision; notes in their payloads where they are stored now. */
  public byte[] encode(long executionId, List<HistoryEvent> events) {
    row.clear();
    body.clear();
    table.clear();
    names.clear();
    var first = events.getFirst();
    for (var event : events) {
      body.writeByte(Codes.EVENT_TYPES.of(event.type()));
      body.writeUnsigned(event.previousEventId() == 0 ? 0 : event.id() - event.previousEventId());
      write(executionId, first.id(), event.details());
    }
    row.writeByte(VERSION);
    row.writeUnsigned(first.timestampMillis());
    row.writeUnsigned(table.size());
    for (var payload : table) {
      row.writeText(payload.text());
    }
    row.writeUnsigned(events.size());
    row.writeRaw(body);
    return row.toBytes();
  }

  private void write(long executionId, long chunk, EventDetails details) {
    switch (details) {
      case EventDetails.None none -> {}
      case EventDetails.Started started -> {
        write(executionId, chunk, started.input());
        name(started.roleArn());
        body.writeOptionalText(started.stateMachineAliasArn());
        body.writeOptionalText(started.stateMachineVersionArn());
      }
      case EventDetails.Output(var output) -> write(executionId, chunk, output);
      case EventDetails.Failure(var error, var cause) -> {
        body.writeOptionalText(error);
        body.writeOptionalText(cause);
      }
      case EventDetails.Redriven(var count) -> body.writeUnsigned(count);
      case EventDetails.StateEntered(var name, var input) -> {
        name(name);
        write(executionId, chunk, input);
      }
      case EventDetails.StateExited exited -> {
        name(exited.name());
        write(executionId, chunk, exited.output());
        body.writeUnsigned(exited.assigned().size());
        exited
            .assigned()
            .forEach(
                (variable, value) -> {
                  name(variable);
                  write(executionId, chunk, value);
                });
      }
      case EventDetails.LambdaScheduled scheduled -> {
        name(scheduled.resource());
        write(executionId, chunk, scheduled.input());
        body.writeOptionalUnsigned(scheduled.timeoutSeconds());
        body.writeOptionalText(scheduled.credentialsRoleArn());
      }
      case EventDetails.ActivityScheduled scheduled -> {
        name(scheduled.resource());
        write(executionId, chunk, scheduled.input());
        body.writeOptionalUnsigned(scheduled.timeoutSeconds());
        body.writeOptionalUnsigned(scheduled.heartbeatSeconds());
      }
      case EventDetails.ActivityStarted(var worker) -> body.writeOptionalText(worker);
      case EventDetails.TaskScheduled scheduled -> {
        name(scheduled.resourceType());
        name(scheduled.resource());
        name(scheduled.region());
        write(executionId, chunk, scheduled.parameters());
        body.writeOptionalUnsigned(scheduled.timeoutSeconds());
        body.writeOptionalUnsigned(scheduled.heartbeatSeconds());
        body.writeOptionalText(scheduled.credentialsRoleArn());
      }
      case EventDetails.TaskStarted(var type, var resource) -> {
        name(type);
        name(resource);
      }
      case EventDetails.TaskOutput(var type, var resource, var output) -> {
        name(type);
        name(resource);
        write(executionId, chunk, output);
      }
      case EventDetails.TaskFailure(var type, var resource, var error, var cause) -> {
        name(type);
        name(resource);
        body.writeOptionalText(error);
        body.writeOptionalText(cause);
      }
      case EventDetails.MapStarted(var length) -> body.writeUnsigned(length);
      case EventDetails.MapIteration(var name, var index) -> {
        name(name);
        body.writeUnsigned(index);
      }
      case EventDetails.MapRun(var arn) -> body.writeText(arn);
      case EventDetails.MapRunRedriven(var arn, var count) -> {
        body.writeText(arn);
        body.writeUnsigned(count);
      }
      case EventDetails.EvaluationFailed(var state, var error, var cause, var location) -> {
        name(state);
        body.writeText(error);
        body.writeText(cause);
        body.writeOptionalText(location);
      }
    }
  }

  private void write(long executionId, long chunk, Payload payload) {
    if (payload.text().length() <= SHORT_MAX) {
      body.writeByte(2);
      body.writeText(payload.text());
    } else if (payload.home() instanceof Home home && home.executionId() == executionId) {
      if (home.chunk() == chunk) {
        body.writeByte(0);
      } else {
        body.writeByte(1);
        body.writeSigned(home.chunk());
      }
      body.writeUnsigned(home.index());
    } else {
      var index = table.size();
      table.add(payload);
      payload.rememberHome(new Home(executionId, chunk, index));
      body.writeByte(0);
      body.writeUnsigned(index);
    }
  }

  private void name(String name) {
    var known = names.putIfAbsent(name, names.size() + 1);
    if (known != null) {
      body.writeUnsigned(known);
    } else {
      body.writeUnsigned(0);
      body.writeText(name);
    }
  }

  /** Reads the payloads of a history row, not its events. */
  public static List<Payload> decodeTable(long executionId, long chunk, byte[] bytes) {
    var reader = open(bytes);
    reader.readUnsigned();
    return table(executionId, chunk, reader);
  }

  /** Reads the events of a history row. */
  public static List<HistoryEvent> decode(
      long executionId, long chunk, byte[] bytes, PayloadSource elsewhere) {
    return new Decoding(executionId, chunk, open(bytes), elsewhere).events();
  }

  private static RowReader open(byte[] bytes) {
    var reader = new RowReader(bytes);
    var version = reader.readByte();
    if (version != VERSION) {
      throw new StorageFault(
          "SW-STORAGE-FORMAT", "Expected a history row of version 1, found " + version);
    }
    return reader;
  }

  private static List<Payload> table(long executionId, long chunk, RowReader reader) {
    var size = reader.readInt();
    var table = new ArrayList<Payload>(size);
    for (var i = 0; i < size; i++) {
      var payload = Payload.ofTrustedText(reader.readText());
      payload.rememberHome(new Home(executionId, chunk, i));
      table.add(payload);
    }
    return table;
  }

  /** One row being read. */
  private static final class Decoding {
    private final long executionId;
    private final long chunk;
    private final RowReader in;
    private final PayloadSource elsewhere;
    private final long timestampMillis;
    private final List<Payload> table;
    private final List<String> names = new ArrayList<>();

    Decoding(long executionId, long chunk, RowReader in, PayloadSource elsewhere) {
      this.executionId = executionId;
      this.chunk = chunk;
      this.in = in;
      this.elsewhere = elsewhere;
      this.timestampMillis = in.readUnsigned();
      this.table = HistoryCodec.table(executionId, chunk, in);
    }

    List<HistoryEvent> events() {
      var count = in.readInt();
      var events = new ArrayList<HistoryEvent>(count);
      for (var i = 0; i < count; i++) {
        var id = chunk + i;
        var type = Codes.EVENT_TYPES.value(in.readByte());
        var back = in.readUnsigned();
        events.add(
            new HistoryEvent(
                0, id, back == 0 ? 0 : id - back, timestampMillis, type, details(type)));
      }
      return events;
    }

    private EventDetails details(EventType type) {
      return switch (type) {
        case ExecutionStarted ->
            new EventDetails.Started(
                payload(), name(), in.readOptionalText(), in.readOptionalText());
        case ExecutionSucceeded, LambdaFunctionSucceeded, ActivitySucceeded ->
            new EventDetails.Output(payload());
        case ExecutionFailed,
            ExecutionAborted,
            ExecutionTimedOut,
            LambdaFunctionScheduleFailed,
            LambdaFunctionStartFailed,
            LambdaFunctionFailed,
            LambdaFunctionTimedOut,
            ActivityScheduleFailed,
            ActivityFailed,
            ActivityTimedOut,
            MapRunFailed ->
            new EventDetails.Failure(in.readOptionalText(), in.readOptionalText());
        case ExecutionRedriven -> new EventDetails.Redriven(in.readInt());
        case PassStateEntered,
            TaskStateEntered,
            ChoiceStateEntered,
            WaitStateEntered,
            SucceedStateEntered,
            FailStateEntered,
            MapStateEntered,
            ParallelStateEntered ->
            new EventDetails.StateEntered(name(), payload());
        case PassStateExited,
            TaskStateExited,
            ChoiceStateExited,
            WaitStateExited,
            SucceedStateExited,
            MapStateExited,
            ParallelStateExited ->
            new EventDetails.StateExited(name(), payload(), assigned(), null);
        case TaskStateAborted,
            WaitStateAborted,
            MapStateAborted,
            ParallelStateAborted,
            LambdaFunctionStarted,
            MapStateSucceeded,
            MapStateFailed,
            ParallelStateStarted,
            ParallelStateSucceeded,
            ParallelStateFailed,
            MapRunSucceeded,
            MapRunAborted ->
            EventDetails.NONE;
        case LambdaFunctionScheduled ->
            new EventDetails.LambdaScheduled(
                name(), payload(), in.readOptionalUnsigned(), in.readOptionalText());
        case ActivityScheduled ->
            new EventDetails.ActivityScheduled(
                name(), payload(), in.readOptionalUnsigned(), in.readOptionalUnsigned());
        case ActivityStarted -> new EventDetails.ActivityStarted(in.readOptionalText());
        case TaskScheduled ->
            new EventDetails.TaskScheduled(
                name(),
                name(),
                name(),
                payload(),
                in.readOptionalUnsigned(),
                in.readOptionalUnsigned(),
                in.readOptionalText());
        case TaskStarted -> new EventDetails.TaskStarted(name(), name());
        case TaskSubmitted, TaskSucceeded -> new EventDetails.TaskOutput(name(), name(), payload());
        case TaskStartFailed, TaskSubmitFailed, TaskFailed, TaskTimedOut ->
            new EventDetails.TaskFailure(
                name(), name(), in.readOptionalText(), in.readOptionalText());
        case MapStateStarted -> new EventDetails.MapStarted(in.readInt());
        case MapIterationStarted, MapIterationSucceeded, MapIterationFailed, MapIterationAborted ->
            new EventDetails.MapIteration(name(), in.readInt());
        case MapRunStarted -> new EventDetails.MapRun(in.readText());
        case MapRunRedriven -> new EventDetails.MapRunRedriven(in.readText(), in.readInt());
        case EvaluationFailed ->
            new EventDetails.EvaluationFailed(
                name(), in.readText(), in.readText(), in.readOptionalText());
      };
    }

    private Map<String, Payload> assigned() {
      var size = in.readInt();
      if (size == 0) {
        return Map.of();
      }
      var assigned = new LinkedHashMap<String, Payload>();
      for (var i = 0; i < size; i++) {
        assigned.put(name(), payload());
      }
      return assigned;
    }

    private Payload payload() {
      return switch (in.readByte()) {
        case 0 -> table.get(in.readInt());
        case 1 -> elsewhere.payload(new Home(executionId, in.readSigned(), in.readInt()));
        default -> Payload.ofTrustedText(in.readText());
      };
    }

    private String name() {
      var index = in.readInt();
      if (index > 0) {
        return names.get(index - 1);
      }
      var name = in.readText();
      names.add(name);
      return name;
    }
  }
}
