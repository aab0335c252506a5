package io.stepwise.storage.execution;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.Backlog;
import io.stepwise.engine.execution.Changes;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.MapRunSnapshot;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.expression.Payload;
import io.stepwise.storage.RowWriter;
import io.stepwise.storage.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a decision changed about an execution. Nobody but the shard's thread has one: who
 * reads has an {@link ExecutionReader}. It is reused, so confined to that thread.
 */
public final class ExecutionWriter {
  private static final byte[] NOTHING = new byte[0];

  private final HistoryCodec history = new HistoryCodec();
  private final RowWriter writer = new RowWriter();
  private final List<HistoryEvent> chunk = new ArrayList<>();

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
      batch.put(Keys.arn(execution.header().arn()), Keys.bytes(id));
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
      dropRows(batch, id, ended);
    }
    // After the deletes: the same scope may run the next branches or items already.
    for (var result : changes.results()) {
      writeResult(batch, execution, result.scopeId(), result.index());
    }
    for (var page : changes.pages()) {
      writePage(batch, execution, page.scopeId(), page.index());
    }
    for (var mapRun : changes.mapRuns()) {
      writeMapRun(batch, id, mapRun);
    }
    return changes;
  }

  /**
   * Drops what a fan-out has kept. Where that is little, one by one: a range that was deleted costs
   * every reader who passes it.
   */
  private static void dropRows(Storage.Batch batch, long id, Changes.EndedFanOut ended) {
    var fanOut = ended.fanOut();
    var scopeId = ended.scopeId();
    if (fanOut.total() > Backlog.SMALL) {
      var results = Keys.results(id, scopeId);
      batch.deleteRange(results, Keys.after(results));
      var pages = Keys.pages(id, scopeId);
      batch.deleteRange(pages, Keys.after(pages));
      return;
    }
    // Not by a scan, which would miss rows of this batch: it is not committed yet.
    for (var index = 0; index < fanOut.total(); index++) {
      if (fanOut.plan().mapRun() != null || fanOut.result(index) != null) {
        batch.delete(Keys.result(id, scopeId, index));
      }
    }
    if (fanOut.plan().mapRun() != null) {
      for (var first : fanOut.backlog().progress().firsts()) {
        batch.delete(Keys.page(id, scopeId, first));
      }
    }
  }

  private static void writePage(Storage.Batch batch, Execution execution, int scopeId, int first) {
    var scope = execution.findScope(scopeId);
    var active = scope == null ? null : scope.active();
    var fanOut = active == null ? null : active.fanOut();
    if (fanOut != null) {
      batch.put(
          Keys.page(execution.header().id(), scopeId, first),
          PageCodec.encode(fanOut.backlog().pageFrom(first)));
    }
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
    var machineId = Keys.machineId(execution.header().machine().stateMachineArn());
    var parent = execution.header().parent();
    if (parent instanceof ParentLink.MapRunChild child) {
      if (before == null) {
        batch.put(Keys.byMapRun(Keys.hash(child.mapRunArn()), id), NOTHING);
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
}
