package io.stepwise.storage.feed;

import io.stepwise.storage.RowReader;
import io.stepwise.storage.RowWriter;
import io.stepwise.storage.Storage;
import io.stepwise.storage.StorageFault;
import io.stepwise.storage.Tables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One small row for each decision about a stored execution, and a row for how far each consumer has
 * read a slot.
 *
 * <pre>
 * f slot1 sequence8   → executionId, first and last event
 * g slot1 consumer    → the last sequence it has read
 * </pre>
 *
 * A slot is eight bits of an execution's id. Sequences begin at 1 and have no gaps.
 */
public final class FeedTable {
  /** Its tables. */
  public static final List<Tables.Table> TABLES =
      List.of(
          new Tables.Table('f', "what happened, by slot", "feed", 1),
          new Tables.Table('g', "how far consumers have read", "feed", 1));

  private static final int VERSION = 1;

  private final Storage storage;

  /** The feed in {@code storage}. */
  public FeedTable(Storage storage) {
    this.storage = storage;
  }

  /**
   * One decision.
   *
   * @param sequence its place in its slot
   * @param firstEventId the first event that it added to the history
   * @param lastEventId the last one
   */
  public record Row(long sequence, long executionId, long firstEventId, long lastEventId) {}

  /** Takes rows. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes one; returns whether to go on. */
    boolean visit(Row row);
  }

  /** Adds a row to a batch. For the slot's writer. */
  public void append(Storage.Batch batch, int slot, Row row) {
    var out = new RowWriter(24);
    out.writeByte(VERSION);
    out.writeUnsigned(row.executionId());
    out.writeUnsigned(row.firstEventId());
    out.writeUnsigned(row.lastEventId() - row.firstEventId());
    batch.put(key(slot, row.sequence()), out.toBytes());
  }

  /** Removes a row in a batch. For the slot's writer. */
  public void remove(Storage.Batch batch, int slot, long sequence) {
    batch.delete(key(slot, sequence));
  }

  /** Notes in a batch how far a consumer has read. For the slot's writer. */
  public void moveCursor(Storage.Batch batch, int slot, String consumer, long sequence) {
    batch.put(cursorKey(slot, consumer), ByteBuffer.allocate(8).putLong(sequence).array());
  }

  /** Visits the rows of a slot after a sequence, in order. */
  public void read(int slot, long afterSequence, Visitor visitor) {
    storage.scan(
        key(slot, afterSequence + 1),
        key(slot, Long.MAX_VALUE),
        (key, value) -> visitor.visit(decode(ByteBuffer.wrap(key).getLong(2), value)));
  }

  /** The first sequence of a slot that is still there, or 0 where none ever was. */
  public long first(int slot) {
    var first = new long[1];
    read(
        slot,
        0,
        row -> {
          first[0] = row.sequence();
          return false;
        });
    return first[0];
  }

  /** The last sequence of a slot, or 0. */
  public long last(int slot) {
    var last = new long[1];
    storage.scanBackwards(
        key(slot, 0),
        key(slot, Long.MAX_VALUE),
        (key, value) -> {
          last[0] = ByteBuffer.wrap(key).getLong(2);
          return false;
        });
    return last[0];
  }

  /** How far each consumer has read a slot, by name. */
  public Map<String, Long> cursors(int slot) {
    var cursors = new TreeMap<String, Long>();
    storage.scan(
        new byte[] {'g', (byte) slot},
        slot == 255 ? new byte[] {'h'} : new byte[] {'g', (byte) (slot + 1)},
        (key, value) -> {
          cursors.put(
              new String(key, 2, key.length - 2, StandardCharsets.UTF_8),
              ByteBuffer.wrap(value).getLong());
          return true;
        });
    return cursors;
  }

  private static Row decode(long sequence, byte[] value) {
    var in = new RowReader(value);
    var version = in.readByte();
    if (version != VERSION) {
      throw new StorageFault(
          "SW-STORAGE-FORMAT", "Expected a feed row of version 1, found " + version);
    }
    var execution = in.readUnsigned();
    var first = in.readUnsigned();
    return new Row(sequence, execution, first, first + in.readUnsigned());
  }

  private static byte[] key(int slot, long sequence) {
    return ByteBuffer.allocate(10).put((byte) 'f').put((byte) slot).putLong(sequence).array();
  }

  private static byte[] cursorKey(int slot, String consumer) {
    var name = consumer.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + name.length).put((byte) 'g').put((byte) slot).put(name).array();
  }
}
