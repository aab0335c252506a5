package io.stepwise.storage.feed;

import io.stepwise.storage.RowReader;
import io.stepwise.storage.RowWriter;
import io.stepwise.storage.Storage;
import io.stepwise.storage.StorageFault;
import io.stepwise.storage.Tables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One small row for each commit that decided something about stored executions, and a row for how
 * far each consumer has read a lane.
 *
 * <pre>
 * f lane1 sequence8   → (executionId, first and last event)*
 * g lane1 consumer    → the last sequence it has read
 * </pre>
 *
 * <p>A lane has one writer. A sequence is an epoch, of 24 bits, and a number in it, of 40 bits that
 * begin at 1 and have no gaps. Every start of a writer begins an epoch above all that there are; so
 * what happened to an execution stands in one lane within an epoch, and in the order of epochs.
 */
public final class FeedTable {
  /** Lanes at most. */
  public static final int LANES_MAX = 256;

  /** Its tables. */
  public static final List<Tables.Table> TABLES =
      List.of(
          new Tables.Table('f', "what was decided, a row a commit", "feed", 1),
          new Tables.Table('g', "how far consumers have read", "feed", 1));

  private static final int VERSION = 1;
  private static final int NUMBER_BITS = 40;

  private final Storage storage;

  /** The feed in {@code storage}. */
  public FeedTable(Storage storage) {
    this.storage = storage;
  }

  /**
   * One decision.
   *
   * @param firstEventId the first event that it added to the history
   * @param lastEventId the last one
   */
  public record Item(long executionId, long firstEventId, long lastEventId) {}

  /** The decisions of one commit, in their order. */
  public record Row(long sequence, List<Item> items) {
    public Row {
      items = List.copyOf(items);
    }

    /** The epoch it belongs to. */
    public int epoch() {
      return epochOf(sequence);
    }
  }

  /** Rows of a lane that follow each other and are of one epoch; at least one. */
  public record Portion(int lane, List<Row> rows) {
    public Portion {
      rows = List.copyOf(rows);
    }
  }

  /** Takes rows. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes one; returns whether to go on. */
    boolean visit(Row row);
  }

  /** The first sequence of an epoch, less one. */
  public static long before(int epoch) {
    return (long) epoch << NUMBER_BITS;
  }

  /** The epoch of a sequence. */
  public static int epochOf(long sequence) {
    return (int) (sequence >>> NUMBER_BITS);
  }

  /** Rows that are missing between two of a lane, as far as their sequences tell. */
  public static long missing(long earlier, long later) {
    return epochOf(earlier) == epochOf(later)
        ? later - earlier - 1
        : later - before(epochOf(later)) - 1;
  }

  /** Adds a row to a batch. For the lane's writer. */
  public void append(Storage.Batch batch, int lane, Row row) {
    var out = new RowWriter(8 + 16 * row.items().size());
    out.writeByte(VERSION);
    for (var item : row.items()) {
      out.writeUnsigned(item.executionId());
      out.writeUnsigned(item.firstEventId());
      out.writeUnsigned(item.lastEventId() - item.firstEventId());
    }
    batch.put(key(lane, row.sequence()), out.toBytes());
  }

  /** Removes a row in a batch. For the lane's writer. */
  public void remove(Storage.Batch batch, int lane, long sequence) {
    batch.delete(key(lane, sequence));
  }

  /** Notes in a batch how far a consumer has read. For the lane's writer. */
  public void moveCursor(Storage.Batch batch, int lane, String consumer, long sequence) {
    batch.put(cursorKey(lane, consumer), ByteBuffer.allocate(8).putLong(sequence).array());
  }

  /** Visits the rows of a lane after a sequence, in order. */
  public void read(int lane, long afterSequence, Visitor visitor) {
    storage.scan(
        key(lane, afterSequence + 1),
        key(lane, Long.MAX_VALUE),
        (key, value) -> visitor.visit(decode(ByteBuffer.wrap(key).getLong(2), value)));
  }

  /**
   * What is to be read next, so that it comes in the order of epochs: rows of the lowest epoch that
   * any lane goes on with.
   *
   * @param read the last sequence that was read, by lane
   * @param max rows at most
   * @return null where all is read
   */
  public @Nullable Portion next(long[] read, int max) {
    var oldest = -1;
    var epoch = Integer.MAX_VALUE;
    for (var lane : lanes()) {
      var next = ofOneEpoch(lane, read[lane], 1);
      if (!next.isEmpty() && next.getFirst().epoch() < epoch) {
        oldest = lane;
        epoch = next.getFirst().epoch();
      }
    }
    return oldest < 0 ? null : new Portion(oldest, ofOneEpoch(oldest, read[oldest], max));
  }

  /** The first rows of a lane after a sequence, as far as they are of one epoch. */
  private List<Row> ofOneEpoch(int lane, long afterSequence, int max) {
    List<Row> rows = new ArrayList<>();
    read(
        lane,
        afterSequence,
        row -> {
          if (!rows.isEmpty() && row.epoch() != rows.getFirst().epoch()) {
            return false;
          }
          rows.add(row);
          return rows.size() < max;
        });
    return rows;
  }

  /** The sequences of a lane that are there, in order, at most {@code max}. */
  public List<Long> first(int lane, int max) {
    var first = new ArrayList<Long>(max);
    read(
        lane,
        0,
        row -> {
          first.add(row.sequence());
          return first.size() < max;
        });
    return first;
  }

  /** The last sequence of a lane, or 0. */
  public long last(int lane) {
    var last = storage.lastKey(key(lane, 0), key(lane, Long.MAX_VALUE));
    return last == null ? 0 : ByteBuffer.wrap(last).getLong(2);
  }

  /** The lanes that have rows, in order. */
  public List<Integer> lanes() {
    var lanes = new ArrayList<Integer>();
    var end = new byte[] {'g'};
    var next = storage.firstKey(new byte[] {'f'}, end);
    while (next != null) {
      var lane = Byte.toUnsignedInt(next[1]);
      lanes.add(lane);
      next = storage.firstKey(key(lane, Long.MAX_VALUE), end);
    }
    return lanes;
  }

  /** How far each consumer has read a lane, by name. */
  public Map<String, Long> cursors(int lane) {
    var cursors = new TreeMap<String, Long>();
    storage.scan(
        new byte[] {'g', (byte) lane},
        lane == 255 ? new byte[] {'h'} : new byte[] {'g', (byte) (lane + 1)},
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
    var items = new ArrayList<Item>();
    while (in.hasMore()) {
      var execution = in.readUnsigned();
      var first = in.readUnsigned();
      items.add(new Item(execution, first, first + in.readUnsigned()));
    }
    return new Row(sequence, items);
  }

  private static byte[] key(int lane, long sequence) {
    return ByteBuffer.allocate(10).put((byte) 'f').put((byte) lane).putLong(sequence).array();
  }

  private static byte[] cursorKey(int lane, String consumer) {
    var name = consumer.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + name.length).put((byte) 'g').put((byte) lane).put(name).array();
  }
}
