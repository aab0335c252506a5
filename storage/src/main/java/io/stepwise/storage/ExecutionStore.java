package io.stepwise.storage;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.Changes;
import io.stepwise.engine.execution.Changes.Pending;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.FanOut;
import io.stepwise.engine.execution.FanOutPlan;
import io.stepwise.engine.execution.MapRunSnapshot;
import io.stepwise.engine.execution.Scope;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.expression.Payload;
import io.stepwise.storage.codec.HistoryCodec;
import io.stepwise.storage.codec.Home;
import io.stepwise.storage.codec.MapRunCodec;
import io.stepwise.storage.codec.PayloadSource;
import io.stepwise.storage.codec.SnapshotCodec;
import io.stepwise.storage.codec.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Executions as rows: writes what a decision changed, and reads it back.
 *
 * <p>Writing is for the thread of a shard, each with an instance of its own; reading is for
 * everybody.
 */
public final class ExecutionStore {
  /** Scope of what marks that an ended child has yet to tell its parent: there is no such scope. */
  private static final int PARENT = -1;

  private static final byte[] NOTHING = new byte[0];

  private final Storage storage;
  private final LongFunction<StateMachineRevision> revisions;
  private final HistoryCodec history = new HistoryCodec();
  private final Writer writer = new Writer();
  private final List<HistoryEvent> chunk = new ArrayList<>();

  /** A store on {@code storage}; {@code revisions} finds what executions are pinned to. */
  public ExecutionStore(Storage storage, LongFunction<StateMachineRevision> revisions) {
    this.storage = storage;
    this.revisions = revisions;
  }

  /** Marks that an ended child has yet to tell its parent, in that round of the parent. */
  public static Pending notifyParent(int round) {
    return new Pending(PARENT, round, -1);
  }

  /** Whether something is such a mark, of whatever round. */
  public static boolean isNotifyParent(Pending pending) {
    return pending.scopeId() == PARENT;
  }

  // ── Writing ────────────────────────────────────────────────────────────────────────────────

  /**
   * Adds to a batch what a decision changed, and returns that.
   *
   * @param before status before the decision; null for an execution that is new
   */
  public Changes write(
      Storage.Batch batch,
      Execution execution,
      List<Event> events,
      @Nullable ExecutionStatus before) {
    var id = execution.header().id();
    chunk.clear();
    for (var event : events) {
      if (event instanceof HistoryEvent shown) {
        chunk.add(shown);
      }
    }
    if (!chunk.isEmpty()) {
      batch.put(Keys.history(id, chunk.getFirst().id()), history.encode(id, chunk));
    }
    var sink = new PayloadRows(batch, execution);
    var changes = writeChanges(batch, execution, sink);
    batch.put(Keys.execution(id), SnapshotCodec.encode(execution, writer, sink));
    if (before == null) {
      batch.put(Keys.arn(Keys.hash(execution.header().arn().text())), bytes(id));
    }
    writeLists(batch, execution, before);
    // One that did not end well keeps all it needs to be redriven.
    if (execution.status() == ExecutionStatus.SUCCEEDED) {
      dropPayloadRows(batch, execution);
    }
    return changes;
  }

  private Changes writeChanges(Storage.Batch batch, Execution execution, PayloadRows sink) {
    var id = execution.header().id();
    var changes = execution.drainChanges();
    for (var scope : changes.scopes()) {
      batch.put(Keys.scope(id, scope.id()), SnapshotCodec.encode(id, scope, writer, sink));
      scope.markStored();
    }
    for (var scope : changes.closedScopes()) {
      batch.delete(Keys.scope(id, scope.id()));
    }
    for (var timer : changes.timersCleared()) {
      batch.delete(Keys.timer(id, timer));
    }
    for (var timer : changes.timersSet()) {
      batch.put(Keys.timer(id, timer), NOTHING);
    }
    for (var pending : changes.pendingRemoved()) {
      batch.delete(Keys.pending(id, pending));
    }
    for (var pending : changes.pendingAdded()) {
      batch.put(Keys.pending(id, pending), NOTHING);
    }
    for (var ended : changes.fanOutsEnded()) {
      // One by one: a scan would miss rows of this batch, which is not committed yet.
      for (var index = 0; index < ended.fanOut().plan().total(); index++) {
        if (ended.fanOut().result(index) != null) {
          batch.delete(Keys.result(id, ended.scopeId(), index));
        }
      }
    }
    // After the deletes: the same scope may run the next branches or items already.
    for (var result : changes.results()) {
      writeResult(batch, execution, result.scopeId(), result.index());
    }
    for (var mapRun : changes.mapRuns()) {
      writeMapRun(batch, id, mapRun);
    }
    return changes;
  }

  private static void writeResult(
      Storage.Batch batch, Execution execution, int scopeId, int index) {
    var scope = execution.findScope(scopeId);
    var active = scope == null ? null : scope.active();
    var fanOut = active == null ? null : active.fanOut();
    var result = fanOut == null ? null : fanOut.result(index);
    if (fanOut != null && result != null) {
      batch.put(Keys.result(execution.header().id(), scopeId, index), result.bytes());
      fanOut.markResultsStored();
    }
  }

  private static void writeMapRun(Storage.Batch batch, long id, MapRunSnapshot mapRun) {
    var hash = Keys.hash(mapRun.arn());
    batch.put(Keys.mapRun(hash), MapRunCodec.encode(mapRun));
    batch.put(Keys.mapRunOf(id, mapRun.startMillis(), hash), NOTHING);
  }

  private static void writeLists(
      Storage.Batch batch, Execution execution, @Nullable ExecutionStatus before) {
    var id = execution.header().id();
    var machineId = machineId(execution);
    var parent = execution.header().parent();
    if (parent != null && parent.isMapRun()) {
      if (before == null) {
        batch.put(Keys.byMapRun(Keys.hash(parent.mapRunArn()), id), NOTHING);
      }
      return;
    }
    if (before == null) {
      batch.put(Keys.byMachine(machineId, id), NOTHING);
    }
    if (before != execution.status()) {
      if (before != null) {
        batch.delete(Keys.byStatus(machineId, before, id));
      }
      batch.put(Keys.byStatus(machineId, execution.status(), id), NOTHING);
    }
  }

  /** What lists of a state machine's executions are kept under. */
  private static long machineId(Execution execution) {
    return machineId(execution.header().machine().stateMachineArn().text());
  }

  /** What lists of a state machine's executions are kept under: 64 bits of its ARN's hash. */
  public static long machineId(String stateMachineArn) {
    return ByteBuffer.wrap(Keys.hash(stateMachineArn)).getLong();
  }

  private static void dropPayloadRows(Storage.Batch batch, Execution execution) {
    var id = execution.header().id();
    var kept = execution.output();
    execution
        .payloadRows()
        .forEach(
            (number, eventId) -> {
              var key = Keys.payload(id, eventId, number);
              if (!isHome(kept, key)) {
                batch.delete(key);
              }
            });
  }

  private static boolean isHome(@Nullable Payload payload, byte[] key) {
    return payload != null
        && payload.home() instanceof Home home
        && home.chunk() < 0
        && Arrays.equals(Keys.payload(home.executionId(), -home.chunk(), home.index()), key);
  }

  /** Gives rows of their own to payloads that are in no event. */
  private static final class PayloadRows implements SnapshotCodec.PayloadSink {
    private final Storage.Batch batch;
    private final Execution execution;

    PayloadRows(Storage.Batch batch, Execution execution) {
      this.batch = batch;
      this.execution = execution;
    }

    @Override
    public Home store(Payload payload) {
      var id = execution.header().id();
      var eventId = Math.max(1, execution.lastEventId());
      var number = execution.addPayloadRow(eventId);
      batch.put(Keys.payload(id, eventId, number), payload.bytes());
      var home = new Home(id, -eventId, number);
      payload.rememberHome(home);
      return home;
    }
  }

  /** Removes all rows of an execution that is closed. */
  public void remove(Storage.Batch batch, Execution execution) {
    var header = execution.header();
    var id = header.id();
    var machineId = machineId(execution);
    batch.delete(Keys.execution(id));
    batch.delete(Keys.arn(Keys.hash(header.arn().text())));
    batch.delete(Keys.byMachine(machineId, id));
    batch.delete(Keys.byStatus(machineId, execution.status(), id));
    if (header.parent() != null && header.parent().isMapRun()) {
      batch.delete(Keys.byMapRun(Keys.hash(header.parent().mapRunArn()), id));
    }
    deleteRange(batch, Keys.key('h', id));
    deleteRange(batch, Keys.key('p', id));
    deleteRange(batch, Keys.key('c', id));
    deleteRange(batch, Keys.key('r', id));
    storage.scan(
        Keys.key('q', id),
        Keys.after(Keys.key('q', id)),
        (key, value) -> {
          batch.delete(Keys.mapRun(Arrays.copyOfRange(key, 17, 33)));
          batch.delete(key);
          return true;
        });
  }

  private void deleteRange(Storage.Batch batch, byte[] prefix) {
    storage.scan(
        prefix,
        Keys.after(prefix),
        (key, value) -> {
          batch.delete(key);
          return true;
        });
  }

  private static byte[] bytes(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  // ── Reading ────────────────────────────────────────────────────────────────────────────────

  /** Whether something is under way of an execution, or its parent has yet to hear of its end. */
  public boolean hasPending(long id) {
    return firstKey(Keys.key('o', id), Keys.after(Keys.key('o', id))) != null;
  }

  /**
   * Ids of executions that were closed before a time, from an id on, some at most; the last one
   * looked at comes after them, or −1 where there are no more. Units: milliseconds since 1970.
   */
  public ClosedPage closedBefore(long millis, long fromId, int lookedAtMax) {
    var ids = new ArrayList<Long>();
    var lookedAt = new int[1];
    var next = new long[] {-1};
    // Ids are ordered by start, so nothing that started later can have been closed earlier.
    storage.scan(
        Keys.execution(fromId),
        Keys.execution(ExecutionIds.of(millis, 0)),
        (key, value) -> {
          var id = Keys.executionOf(key);
          if (lookedAt[0]++ == lookedAtMax) {
            next[0] = id;
            return false;
          }
          if (wasClosedBefore(millis, id, value)) {
            ids.add(id);
          }
          return true;
        });
    return new ClosedPage(ids, next[0]);
  }

  private boolean wasClosedBefore(long millis, long id, byte[] row) {
    try {
      var execution = SnapshotCodec.decode(id, row, revisions, home -> Payload.NULL);
      return execution.status().isClosed() && execution.stopMillis() < millis;
    } catch (RuntimeException e) {
      return false; // One that can't be read is not removed: whoever asks for it is told why.
    }
  }

  /**
   * Some executions that were closed long ago.
   *
   * @param nextId where to look on, or −1
   */
  public record ClosedPage(List<Long> ids, long nextId) {}

  /** The execution of that ARN, if there is one. */
  public OptionalLong find(String arn) {
    var value = storage.get(Keys.arn(Keys.hash(arn)));
    return value == null ? OptionalLong.empty() : OptionalLong.of(ByteBuffer.wrap(value).getLong());
  }

  /** An execution without its scopes, with input and output. */
  public Optional<Execution> describe(long id) {
    return read(id, payloads());
  }

  /** An execution without its scopes, and without input and output: for lists. */
  public Optional<Execution> summarize(long id) {
    return read(id, home -> Payload.NULL);
  }

  private Optional<Execution> read(long id, PayloadSource payloads) {
    var row = storage.get(Keys.execution(id));
    return row == null
        ? Optional.empty()
        : Optional.of(SnapshotCodec.decode(id, row, revisions, payloads));
  }

  /**
   * Visits the state machines that have running executions: one of these, and how many there are.
   * Costs what is running, however much is stored.
   */
  public void running(ObjIntConsumer<Execution> visitor) {
    var end = new byte[] {'s' + 1};
    var next = firstKey(new byte[] {'s'}, end);
    while (next != null) {
      var machineId = ByteBuffer.wrap(next).getLong(1);
      countRunning(machineId, visitor);
      next = firstKey(Keys.after(Keys.key('s', machineId)), end);
    }
  }

  private void countRunning(long machineId, ObjIntConsumer<Execution> visitor) {
    var prefix = Keys.byStatus(machineId, ExecutionStatus.RUNNING);
    var count = new int[1];
    var last = new long[1];
    storage.scan(
        prefix,
        Keys.after(prefix),
        (key, value) -> {
          count[0]++;
          last[0] = Keys.listedExecution(key);
          return true;
        });
    if (count[0] > 0) {
      summarize(last[0]).ifPresent(execution -> visitor.accept(execution, count[0]));
    }
  }

  private byte @Nullable [] firstKey(byte[] from, byte[] to) {
    var first = new byte[1][];
    storage.scan(
        from,
        to,
        (key, value) -> {
          first[0] = key;
          return false;
        });
    return first[0];
  }

  /** An execution with all its scopes, ready to go on. */
  public Optional<Execution> load(long id) {
    var payloads = payloads();
    var found = read(id, payloads);
    if (found.isEmpty()) {
      return found;
    }
    var execution = found.get();
    history(
        id,
        execution.lastEventId(),
        true,
        event -> {
          execution.restoreLastEventMillis(event.timestampMillis());
          return false;
        });
    var prefix = Keys.key('c', id);
    storage.scan(
        prefix,
        Keys.after(prefix),
        (key, value) -> {
          var scopeId = ByteBuffer.wrap(key).getInt(9);
          execution.restoreScope(SnapshotCodec.decodeScope(id, scopeId, value, payloads));
          return true;
        });
    for (var scope : execution.scopes()) {
      var active = scope.active();
      if (active != null && active.fanOut() != null) {
        loadFanOut(execution, scope, active.fanOut());
      }
    }
    if (execution.status() != ExecutionStatus.SUCCEEDED) {
      storage.scan(
          Keys.key('p', id),
          Keys.after(Keys.key('p', id)),
          (key, value) -> {
            var row = ByteBuffer.wrap(key);
            execution.restorePayloadRow(row.getInt(17), row.getLong(9));
            return true;
          });
    }
    return found;
  }

  private void loadFanOut(Execution execution, Scope scope, FanOut fanOut) {
    var id = execution.header().id();
    var results = ByteBuffer.allocate(13).put((byte) 'r').putLong(id).putInt(scope.id()).array();
    storage.scan(
        results,
        Keys.after(results),
        (key, value) -> {
          fanOut.putResult(
              ByteBuffer.wrap(key).getInt(13),
              Payload.ofTrustedText(new String(value, StandardCharsets.UTF_8)));
          return true;
        });
    if (fanOut.plan().kind() == FanOutPlan.Kind.MAP_RUN) {
      var pending = ByteBuffer.allocate(13).put((byte) 'o').putLong(id).putInt(scope.id()).array();
      storage.scan(
          pending,
          Keys.after(pending),
          (key, value) -> {
            var index = Keys.pending(key).index();
            if (index >= 0) {
              fanOut.putRunning(index);
            }
            return true;
          });
    } else {
      for (var child : execution.children(scope)) {
        fanOut.putRunning(child.index());
      }
    }
  }

  /**
   * Visits the events of an execution from one of them on, in order or backwards.
   *
   * @param fromEventId the first to visit
   */
  public void history(long id, long fromEventId, boolean backwards, EventVisitor visitor) {
    var payloads = payloads();
    var prefix = Keys.key('h', id);
    if (backwards) {
      storage.scanBackwards(
          prefix,
          Keys.history(id, fromEventId + 1),
          (key, value) -> {
            for (var event : events(id, key, value, payloads).reversed()) {
              if (event.id() <= fromEventId && !visitor.visit(event)) {
                return false;
              }
            }
            return true;
          });
      return;
    }
    var first = new byte[][] {prefix};
    storage.scanBackwards(
        prefix,
        Keys.history(id, fromEventId + 1),
        (key, value) -> {
          first[0] = key;
          return false;
        });
    storage.scan(
        first[0],
        Keys.after(prefix),
        (key, value) -> {
          for (var event : events(id, key, value, payloads)) {
            if (event.id() >= fromEventId && !visitor.visit(event)) {
              return false;
            }
          }
          return true;
        });
  }

  private static List<HistoryEvent> events(
      long id, byte[] key, byte[] value, PayloadSource payloads) {
    return HistoryCodec.decode(id, ByteBuffer.wrap(key).getLong(9), value, payloads);
  }

  /** A map run by its ARN. */
  public Optional<MapRunSnapshot> mapRun(String arn) {
    var row = storage.get(Keys.mapRun(Keys.hash(arn)));
    return row == null ? Optional.empty() : Optional.of(MapRunCodec.decode(row));
  }

  /** Finds payloads in history rows and payload rows; each row is read once. */
  private PayloadSource payloads() {
    Map<Home, Payload> known = new HashMap<>();
    return home -> {
      var payload = known.get(home);
      if (payload == null) {
        readPayloads(home, known);
        payload = known.get(home);
      }
      if (payload == null) {
        throw new StorageFault("SW-STORAGE-CORRUPT", "Expected a payload at " + home);
      }
      return payload;
    };
  }

  private void readPayloads(Home home, Map<Home, Payload> known) {
    var id = home.executionId();
    if (home.chunk() > 0) {
      var row = storage.get(Keys.history(id, home.chunk()));
      if (row != null) {
        var table = HistoryCodec.decodeTable(id, home.chunk(), row);
        for (var i = 0; i < table.size(); i++) {
          known.put(new Home(id, home.chunk(), i), table.get(i));
        }
      }
    } else {
      var row = storage.get(Keys.payload(id, -home.chunk(), home.index()));
      if (row != null) {
        var payload = Payload.ofTrustedText(new String(row, StandardCharsets.UTF_8));
        payload.rememberHome(home);
        known.put(home, payload);
      }
    }
  }

  /** Receives events. */
  @FunctionalInterface
  public interface EventVisitor {
    /** Takes one event; returns whether to go on. */
    boolean visit(HistoryEvent event);
  }
}
