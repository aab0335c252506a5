package io.stepwise.storage.execution;

import io.stepwise.aws.ExecutionArn;
import io.stepwise.engine.execution.ActiveState;
import io.stepwise.engine.execution.Backlog;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.FanOut;
import io.stepwise.engine.execution.FanOutPlan;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.ParentLink.Nested.Answer;
import io.stepwise.engine.execution.Scope;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.engine.execution.TaskAttempt;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.Payload;
import io.stepwise.storage.RowReader;
import io.stepwise.storage.RowWriter;
import io.stepwise.storage.StorageFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of an execution and of its open scopes.
 *
 * <p>Rows hold references to payloads, not payloads: one that is in no event yet goes to a row of
 * its own first, so that the cost of a change never depends on the size of what did not change.
 */
final class SnapshotCodec {
  private static final int VERSION = 1;

  /** Marks an attempt in an execution of a test case, whose number of invocation follows. */
  private static final int MOCKABLE = 2;

  /** Marks an attempt that waits for a job, which follows last; added to the mark before. */
  private static final int AWAITING = 4;

  /** Marks a map run that is over or was redriven; what there is to know of that follows. */
  private static final int REDRIVABLE = 2;

  private static final int NO_PARENT = 0;
  private static final int MAP_RUN_CHILD = 1;

  /** Marks a child of a map run that was redriven before; the round follows. */
  private static final int REDRIVEN_CHILD = 2;

  private static final int NESTED = 3;

  private SnapshotCodec() {}

  /** Stores a payload that has no home yet and gives it one. */
  @FunctionalInterface
  public interface PayloadSink {
    /** Stores it. */
    Home store(Payload payload);
  }

  /** Encodes an execution without its scopes. */
  public static byte[] encode(Execution execution, RowWriter out, PayloadSink sink) {
    out.clear();
    out.writeByte(VERSION);
    var header = execution.header();
    out.writeText(header.arn().text());
    out.writeText(header.name());
    out.writeUnsigned(header.machine().id());
    out.writeUnsigned(header.graphIndex());
    out.writeText(header.label());
    out.writeUnsigned(header.startMillis());
    out.writeOptionalText(header.versionArn());
    out.writeOptionalText(header.aliasArn());
    out.writeOptionalText(header.traceHeader());
    write(header.parent(), out);
    out.writeByte(Codes.STATUSES.of(execution.status()));
    out.writeUnsigned(execution.lastEventId());
    out.writeUnsigned(execution.scopeIdLast());
    out.writeUnsigned(execution.stopMillis());
    out.writeOptionalText(execution.error());
    out.writeOptionalText(execution.cause());
    out.writeUnsigned(execution.redriveCount());
    out.writeUnsigned(execution.redriveMillis());
    write(execution.timeout(), out);
    write(execution.continuation(), out);
    write(header.id(), header.input(), out, sink);
    var output = execution.output();
    out.writeByte(output == null ? 0 : 1);
    if (output != null) {
      write(header.id(), output, out, sink);
    }
    // At the end, and only where there is one: rows of all other executions do without.
    var parent = execution.parent();
    var wasRedriven =
        !execution.redriveTokens().isEmpty() || (parent != null && !parent.equals(header.parent()));
    if (header.testCase() != null || wasRedriven) {
      out.writeText(header.testCase() == null ? "" : header.testCase());
      out.writeUnsigned(execution.invocations().size());
      execution
          .invocations()
          .forEach(
              (state, count) -> {
                out.writeText(state);
                out.writeUnsigned(count);
              });
    }
    if (wasRedriven) {
      out.writeUnsigned(parent == null ? 0 : parent.round());
      out.writeUnsigned(execution.redriveTokens().size());
      for (var token : execution.redriveTokens()) {
        out.writeText(token.token());
        out.writeUnsigned(token.millis());
      }
    }
    return out.toBytes();
  }

  /** Decodes an execution without its scopes. */
  public static Execution decode(
      long id, byte[] bytes, LongFunction<StateMachineRevision> revisions, PayloadSource payloads) {
    var in = open(bytes);
    var arn = ExecutionArn.of(in.readText());
    var name = in.readText();
    var machine = revisions.apply(in.readUnsigned());
    var graphIndex = in.readInt();
    var label = in.readText();
    var startMillis = in.readUnsigned();
    var versionArn = in.readOptionalText();
    var aliasArn = in.readOptionalText();
    var traceHeader = in.readOptionalText();
    var parent = readParent(in);
    var status = Codes.STATUSES.value(in.readByte());
    var lastEventId = in.readUnsigned();
    var scopeIdLast = in.readInt();
    var stopMillis = in.readUnsigned();
    var error = in.readOptionalText();
    var cause = in.readOptionalText();
    var redriveCount = in.readInt();
    var redriveMillis = in.readUnsigned();
    var timeout = readTimer(in);
    var continuation = readTimer(in);
    var input = readPayload(id, in, payloads);
    var output = in.readByte() == 0 ? null : readPayload(id, in, payloads);
    var testCase = in.hasMore() ? in.readText() : null;
    Map<String, Integer> invocations = new LinkedHashMap<>();
    for (var count = testCase == null ? 0 : in.readInt(); count > 0; count--) {
      invocations.put(in.readText(), in.readInt());
    }
    var round = parent == null ? 0 : parent.round();
    List<Execution.RedriveToken> tokens = new ArrayList<>();
    if (in.hasMore()) {
      round = in.readInt();
      for (var count = in.readInt(); count > 0; count--) {
        tokens.add(new Execution.RedriveToken(in.readText(), in.readUnsigned()));
      }
    }
    var execution =
        new Execution(
            new ExecutionHeader(
                id,
                arn,
                name,
                machine,
                graphIndex,
                label,
                input,
                startMillis,
                versionArn,
                aliasArn,
                traceHeader,
                parent,
                testCase == null || testCase.isEmpty() ? null : testCase));
    execution.restoreInvocations(invocations);
    execution.restoreRedrives(round, tokens);
    execution.restore(
        status,
        lastEventId,
        scopeIdLast,
        stopMillis,
        output,
        error,
        cause,
        redriveCount,
        redriveMillis,
        timeout,
        continuation);
    return execution;
  }

  /** Encodes an open scope. */
  public static byte[] encode(long executionId, Scope scope, RowWriter out, PayloadSink sink) {
    out.clear();
    out.writeByte(VERSION);
    out.writeSigned(scope.parentId());
    out.writeUnsigned(scope.index());
    out.writeUnsigned(scope.graphIndex());
    out.writeUnsigned(scope.lastEventId());
    out.writeUnsigned(scope.stampLast());
    out.writeOptionalText(scope.nextState());
    write(executionId, scope.nextInput(), out, sink);
    out.writeUnsigned(scope.variables().size());
    scope
        .variables()
        .forEach(
            (name, value) -> {
              out.writeText(name);
              write(executionId, value, out, sink);
            });
    var active = scope.active();
    out.writeByte(active == null ? 0 : 1);
    if (active != null) {
      write(executionId, active, out, sink);
    }
    return out.toBytes();
  }

  /** Decodes an open scope. */
  public static Scope decodeScope(
      long executionId, int scopeId, byte[] bytes, PayloadSource payloads) {
    var in = open(bytes);
    var parentId = (int) in.readSigned();
    var index = in.readInt();
    var graphIndex = in.readInt();
    var lastEventId = in.readUnsigned();
    var stampLast = in.readInt();
    var nextState = in.readOptionalText();
    var nextInput = readPayload(executionId, in, payloads);
    Map<String, Payload> variables = new LinkedHashMap<>();
    for (var count = in.readInt(); count > 0; count--) {
      variables.put(in.readText(), readPayload(executionId, in, payloads));
    }
    var active = in.readByte() == 0 ? null : readActive(executionId, in, payloads);
    var scope = new Scope(scopeId, parentId, index, graphIndex, "", nextInput);
    scope.restore(variables, lastEventId, stampLast, active, nextState, nextInput);
    return scope;
  }

  private static void write(long executionId, ActiveState active, RowWriter out, PayloadSink sink) {
    out.writeText(active.name());
    write(executionId, active.input(), out, sink);
    out.writeUnsigned(active.enteredEventId());
    out.writeUnsigned(active.causeOfEntryEventId());
    out.writeUnsigned(active.enteredMillis());
    var counts = active.retrierCounts();
    out.writeUnsigned(counts.length);
    for (var count : counts) {
      out.writeUnsigned(count);
    }
    var attempt = active.attempt();
    out.writeByte(attempt == null ? 0 : kind(attempt));
    if (attempt != null) {
      out.writeUnsigned(attempt.stamp());
      out.writeByte(Codes.PHASES.of(attempt.phase()));
      write(executionId, attempt.parameters(), out, sink);
      out.writeUnsigned(attempt.timeoutSeconds());
      out.writeUnsigned(attempt.heartbeatSeconds());
      out.writeOptionalText(attempt.credentialsRoleArn());
      out.writeUnsigned(attempt.heardAtMillis());
      if (attempt.invocation() >= 0) {
        out.writeUnsigned(attempt.invocation());
      }
      if (attempt.job() != null) {
        out.writeText(attempt.job().reference());
        out.writeUnsigned(attempt.job().sinceMillis());
      }
    }
    var fanOut = active.fanOut();
    var redrivable = fanOut != null && (fanOut.isSuspended() || fanOut.redrive() != null);
    out.writeByte(fanOut == null ? 0 : redrivable ? REDRIVABLE : 1);
    if (fanOut != null) {
      write(executionId, fanOut, out, sink);
    }
    if (fanOut != null && redrivable) {
      writeRedrive(fanOut, out);
    }
    out.writeUnsigned(active.timers().size());
    for (var timer : active.timers()) {
      write(timer, out);
    }
  }

  private static int kind(TaskAttempt attempt) {
    return (attempt.invocation() < 0 ? 1 : MOCKABLE) + (attempt.job() == null ? 0 : AWAITING);
  }

  private static TaskAttempt readAttempt(
      int kind, long executionId, RowReader in, PayloadSource payloads) {
    var attempt =
        new TaskAttempt(
            in.readInt(),
            Codes.PHASES.value(in.readByte()),
            readPayload(executionId, in, payloads),
            in.readUnsigned(),
            in.readUnsigned(),
            in.readOptionalText(),
            in.readUnsigned(),
            null,
            kind % AWAITING == MOCKABLE ? in.readInt() : -1);
    return kind < AWAITING
        ? attempt
        : attempt.withJob(new TaskAttempt.Job(in.readText(), in.readUnsigned()));
  }

  private static ActiveState readActive(long executionId, RowReader in, PayloadSource payloads) {
    var active =
        new ActiveState(
            in.readText(),
            readPayload(executionId, in, payloads),
            in.readUnsigned(),
            in.readUnsigned(),
            in.readUnsigned());
    var counts = new int[in.readInt()];
    for (var i = 0; i < counts.length; i++) {
      counts[i] = in.readInt();
    }
    TaskAttempt attempt = null;
    var attemptKind = in.readByte();
    if (attemptKind != 0) {
      attempt = readAttempt(attemptKind, executionId, in, payloads);
    }
    var fanOutKind = in.readByte();
    var fanOut = fanOutKind == 0 ? null : readFanOut(executionId, in, payloads);
    if (fanOut != null && fanOutKind == REDRIVABLE) {
      readRedrive(fanOut, in);
    }
    List<Timer> timers = new ArrayList<>();
    for (var count = in.readInt(); count > 0; count--) {
      var timer = readTimer(in);
      if (timer != null) {
        timers.add(timer);
      }
    }
    active.restore(counts, attempt, fanOut, timers);
    return active;
  }

  private static void write(long executionId, FanOut fanOut, RowWriter out, PayloadSink sink) {
    var plan = fanOut.plan();
    out.writeByte(Codes.FAN_OUTS.of(plan.kind()));
    out.writeSigned(plan.total());
    write(executionId, plan.items(), out, sink);
    out.writeUnsigned(plan.maxConcurrency());
    var mapRun = plan.mapRun();
    out.writeByte(mapRun == null ? 0 : 1);
    if (mapRun != null) {
      out.writeText(mapRun.arn());
      out.writeUnsigned(mapRun.stamp());
      out.writeUnsigned(mapRun.startedEventId());
      out.writeUnsigned(mapRun.startMillis());
      out.writeSigned(mapRun.toleratedFailureCount());
      out.writeDouble(mapRun.toleratedFailurePercentage());
      out.writeByte(mapRun.batched() ? 1 : 0);
    }
    var counters = fanOut.counters();
    out.writeUnsigned(counters.maxConcurrency());
    out.writeSigned(counters.toleratedFailureCount());
    out.writeDouble(counters.toleratedFailurePercentage());
    out.writeUnsigned(counters.nextIndex());
    out.writeUnsigned(counters.running());
    out.writeUnsigned(counters.succeeded());
    out.writeUnsigned(counters.failed());
    out.writeUnsigned(counters.timedOut());
    out.writeUnsigned(counters.aborted());
    out.writeUnsigned(counters.itemsSucceeded());
    out.writeUnsigned(counters.itemsFailed());
    out.writeUnsigned(counters.itemsTimedOut());
    out.writeUnsigned(counters.itemsAborted());
    if (mapRun != null) {
      var progress = fanOut.backlog().progress();
      out.writeOptionalText(progress.next());
      out.writeByte(progress.reading() ? 1 : 0);
      out.writeUnsigned(progress.inputs());
      out.writeUnsigned(progress.itemsRead());
      out.writeUnsigned(progress.itemsStarted());
      out.writeUnsigned(progress.resultBytes());
      out.writeByte(progress.carry() == null ? 0 : 1);
      if (progress.carry() != null) {
        write(executionId, progress.carry(), out, sink);
      }
      out.writeUnsigned(progress.firsts().size());
      for (var first : progress.firsts()) {
        out.writeUnsigned(first);
      }
    }
  }

  private static FanOut readFanOut(long executionId, RowReader in, PayloadSource payloads) {
    var kind = Codes.FAN_OUTS.value(in.readByte());
    var total = (int) in.readSigned();
    var items = readPayload(executionId, in, payloads);
    var maxConcurrency = in.readInt();
    FanOutPlan.MapRunPlan mapRun = null;
    if (in.readByte() == 1) {
      mapRun =
          new FanOutPlan.MapRunPlan(
              in.readText(),
              in.readInt(),
              in.readUnsigned(),
              in.readUnsigned(),
              in.readSigned(),
              in.readDouble(),
              in.readByte() == 1);
    }
    var fanOut =
        FanOut.restore(
            new FanOutPlan(kind, total, items, maxConcurrency, mapRun),
            new FanOut.Counters(
                in.readInt(),
                in.readSigned(),
                in.readDouble(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readUnsigned(),
                in.readUnsigned(),
                in.readUnsigned(),
                in.readUnsigned()));
    if (mapRun != null) {
      fanOut.backlog().restore(readBacklog(executionId, in, payloads));
    }
    return fanOut;
  }

  private static Backlog.Progress readBacklog(
      long executionId, RowReader in, PayloadSource payloads) {
    var next = in.readOptionalText();
    var reading = in.readByte() == 1;
    var inputs = in.readInt();
    var itemsRead = in.readUnsigned();
    var itemsStarted = in.readUnsigned();
    var resultBytes = in.readUnsigned();
    var carry = in.readByte() == 0 ? null : readPayload(executionId, in, payloads);
    List<Integer> firsts = new ArrayList<>();
    for (var count = in.readInt(); count > 0; count--) {
      firsts.add(in.readInt());
    }
    return new Backlog.Progress(
        next, reading, inputs, itemsRead, itemsStarted, resultBytes, carry, firsts);
  }

  private static void writeRedrive(FanOut fanOut, RowWriter out) {
    out.writeByte(fanOut.isSuspended() ? 1 : 0);
    var redrive = fanOut.redrive();
    out.writeByte(redrive == null ? 0 : 1);
    if (redrive != null) {
      out.writeUnsigned(redrive.count());
      out.writeUnsigned(redrive.millis());
      out.writeUnsigned(redrive.eventId());
      out.writeUnsigned(redrive.next());
      out.writeUnsigned(redrive.end());
      out.writeUnsigned(redrive.pending());
    }
  }

  private static void readRedrive(FanOut fanOut, RowReader in) {
    fanOut.restoreRedrive(
        in.readByte() == 1,
        in.readByte() == 0
            ? null
            : new FanOut.Redrive(
                in.readInt(),
                in.readUnsigned(),
                in.readUnsigned(),
                in.readInt(),
                in.readInt(),
                in.readInt()));
  }

  private static void write(@Nullable ParentLink parent, RowWriter out) {
    switch (parent) {
      case null -> out.writeByte(NO_PARENT);
      case ParentLink.Nested(var task, var answer) -> {
        out.writeByte(NESTED);
        write(task, out);
        out.writeByte(Codes.ANSWERS.of(answer));
      }
      case ParentLink.MapRunChild child -> {
        out.writeByte(child.round() == 0 ? MAP_RUN_CHILD : REDRIVEN_CHILD);
        write(child.task(), out);
        out.writeSigned(child.index());
        out.writeText(child.mapRunArn());
        out.writeUnsigned(child.itemCount());
        out.writeByte(1);
        if (child.round() > 0) {
          out.writeUnsigned(child.round());
        }
      }
    }
  }

  static void write(TaskRef task, RowWriter out) {
    out.writeUnsigned(task.executionId());
    out.writeUnsigned(task.scopeId());
    out.writeUnsigned(task.stamp());
  }

  private static @Nullable ParentLink readParent(RowReader in) {
    var kind = in.readByte();
    if (kind == NO_PARENT) {
      return null;
    }
    var task = readTask(in);
    if (kind == NESTED) {
      return new ParentLink.Nested(task, Codes.ANSWERS.value(in.readByte()));
    }
    var index = (int) in.readSigned();
    var mapRunArn = in.readText();
    var itemCount = in.readInt();
    var awaited = in.readByte() == 1;
    var round = kind == REDRIVEN_CHILD ? in.readInt() : 0;
    return index < 0
        ? new ParentLink.Nested(task, answerOfOldRow(awaited, itemCount))
        : new ParentLink.MapRunChild(task, index, mapRunArn, itemCount, round);
  }

  /** Rows of before had one form for both kinds of parents: no index, and a count that is none. */
  private static Answer answerOfOldRow(boolean awaited, int itemCount) {
    if (!awaited) {
      return Answer.NONE;
    }
    return itemCount < 0 ? Answer.PARSED_DESCRIPTION : Answer.DESCRIPTION;
  }

  static TaskRef readTask(RowReader in) {
    return new TaskRef(in.readUnsigned(), in.readInt(), in.readInt());
  }

  private static void write(@Nullable Timer timer, RowWriter out) {
    out.writeByte(timer == null ? 0 : 1);
    if (timer != null) {
      out.writeUnsigned(timer.dueMillis());
      out.writeUnsigned(timer.scopeId());
      out.writeUnsigned(timer.stamp());
      out.writeByte(Codes.TIMER_KINDS.of(timer.kind()));
    }
  }

  private static @Nullable Timer readTimer(RowReader in) {
    return in.readByte() == 0
        ? null
        : new Timer(
            in.readUnsigned(), in.readInt(), in.readInt(), Codes.TIMER_KINDS.value(in.readByte()));
  }

  private static void write(long executionId, Payload payload, RowWriter out, PayloadSink sink) {
    if (payload.text().length() <= HistoryCodec.SHORT_MAX) {
      out.writeByte(2);
      out.writeText(payload.text());
      return;
    }
    var home =
        payload.home() instanceof Home known && known.executionId() == executionId
            ? known
            : sink.store(payload);
    out.writeByte(1);
    out.writeSigned(home.chunk());
    out.writeUnsigned(home.index());
  }

  private static Payload readPayload(long executionId, RowReader in, PayloadSource payloads) {
    return in.readByte() == 2
        ? Payload.ofTrustedText(in.readText())
        : payloads.payload(new Home(executionId, in.readSigned(), in.readInt()));
  }

  private static RowReader open(byte[] bytes) {
    var in = new RowReader(bytes);
    var version = in.readByte();
    if (version != VERSION) {
      throw new StorageFault(
          "SW-STORAGE-FORMAT", "Expected a row of version 1, found version " + version);
    }
    return in;
  }
}
