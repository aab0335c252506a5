package io.stepwise.storage.execution;

import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.expression.Payload;
import io.stepwise.storage.ExecutionIds;
import io.stepwise.storage.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/** Finds executions that were closed long ago, and removes one with all its rows. */
public final class Expiry {
  private final Storage storage;
  private final LongFunction<StateMachineRevision> revisions;

  /** Of the executions in {@code storage}. */
  public Expiry(Storage storage, LongFunction<StateMachineRevision> revisions) {
    this.storage = storage;
    this.revisions = revisions;
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

  /** Removes all rows of an execution that is closed. For the thread of its shard. */
  public void remove(Storage.Batch batch, Execution execution) {
    var header = execution.header();
    var id = header.id();
    var machineId = Keys.machineId(header.machine().stateMachineArn());
    batch.delete(Keys.execution(id));
    batch.delete(Keys.arn(header.arn()));
    batch.delete(Keys.byMachine(machineId, id));
    batch.delete(Keys.byStatus(machineId, execution.status(), id));
    if (header.parent() instanceof ParentLink.MapRunChild child) {
      batch.delete(Keys.byMapRun(Keys.hash(child.mapRunArn()), id));
    }
    deleteRange(batch, Keys.key('h', id));
    deleteRange(batch, Keys.key('p', id));
    deleteRange(batch, Keys.key('c', id));
    deleteRange(batch, Keys.key('r', id));
    deleteRange(batch, Keys.key('i', id));
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
}
