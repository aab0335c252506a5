package io.stepwise.storage.execution;

import io.stepwise.aws.StateMachineArn;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.MapRunSnapshot;
import io.stepwise.storage.Storage;
import io.stepwise.storage.StorageFault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** Lists of executions and of map runs, newest first. A page costs the page. */
public final class ExecutionIndex {
  private final Storage storage;
  private final ExecutionReader executions;

  /** The lists in {@code storage}. */
  public ExecutionIndex(Storage storage, ExecutionReader executions) {
    this.storage = storage;
    this.executions = executions;
  }

  /** A list of executions: of a state machine, of those in one status, of a map run's children. */
  public static final class Listing {
    private final byte[] prefix;

    private Listing(byte[] prefix) {
      this.prefix = prefix;
    }

    /** All executions of a state machine, without children of map runs. */
    public static Listing of(StateMachineArn machine) {
      return new Listing(withoutId(Keys.byMachine(Keys.machineId(machine), 0)));
    }

    /** Those of a state machine that have a status. */
    public static Listing of(StateMachineArn machine, ExecutionStatus status) {
      return new Listing(Keys.byStatus(Keys.machineId(machine), status));
    }

    /** The children of a map run. */
    public static Listing ofMapRun(String mapRunArn) {
      return new Listing(withoutId(Keys.byMapRun(Keys.hash(mapRunArn), 0)));
    }

    private static byte[] withoutId(byte[] key) {
      return Arrays.copyOf(key, key.length - Long.BYTES);
    }

    /** The first key after that of an execution. */
    private byte[] after(long id) {
      return ByteBuffer.allocate(prefix.length + Long.BYTES + 1).put(prefix).putLong(~id).array();
    }
  }

  /** Some ids of a list. */
  public record Ids(List<Long> ids, boolean hasMore) {}

  /**
   * Ids of a list, at most {@code max}.
   *
   * @param afterId the last id of the page before, or null for the first page
   */
  public Ids page(Listing list, @Nullable Long afterId, int max) {
    var ids = new ArrayList<Long>(Math.min(max, 1_000));
    var more = new boolean[1];
    storage.scan(
        afterId == null ? list.prefix : list.after(afterId),
        Keys.after(list.prefix),
        (key, value) -> {
          if (ids.size() == max) {
            more[0] = true;
            return false;
          }
          ids.add(Keys.listedExecution(key));
          return true;
        });
    return new Ids(ids, more[0]);
  }

  /** Visits the ids of a list, until told to stop. */
  public void visit(Listing list, LongPredicate visitor) {
    storage.scan(
        list.prefix,
        Keys.after(list.prefix),
        (key, value) -> visitor.test(Keys.listedExecution(key)));
  }

  /** Whether executions of a state machine are under way. */
  public boolean hasRunning(StateMachineArn machine) {
    var prefix = Keys.byStatus(Keys.machineId(machine), ExecutionStatus.RUNNING);
    return storage.firstKey(prefix, Keys.after(prefix)) != null;
  }

  /** Visits the ids of all executions, children of map runs included, in the order of start. */
  public void all(LongConsumer visitor) {
    storage.scan(
        Keys.table('x'),
        Keys.after(Keys.table('x')),
        (key, value) -> {
          visitor.accept(Keys.executionOf(key));
          return true;
        });
  }

  /** The highest id of any execution, or 0. */
  public long lastId() {
    var last = storage.lastKey(Keys.table('x'), Keys.after(Keys.table('x')));
    return last == null ? 0 : Keys.executionOf(last);
  }

  /** Some map runs of an execution; the cursor of the next page, or null where there is none. */
  public record MapRuns(List<MapRunSnapshot> mapRuns, @Nullable String cursor) {}

  /**
   * Map runs of an execution in the order of start, at most {@code max}.
   *
   * @param cursor of the page before, or null
   */
  public MapRuns mapRuns(long executionId, @Nullable String cursor, int max) {
    var prefix = Keys.key('q', executionId);
    var keys = new ArrayList<byte[]>();
    var more = new boolean[1];
    storage.scan(
        cursor == null ? prefix : afterCursor(prefix, cursor),
        Keys.after(prefix),
        (key, value) -> {
          if (keys.size() == max) {
            more[0] = true;
            return false;
          }
          keys.add(key);
          return true;
        });
    var runs = keys.stream().map(this::listed).toList();
    return new MapRuns(runs, more[0] ? HexFormat.of().formatHex(keys.getLast()) : null);
  }

  private static byte[] afterCursor(byte[] prefix, String cursor) {
    byte[] key;
    try {
      key = HexFormat.of().parseHex(cursor);
    } catch (IllegalArgumentException e) {
      return prefix; // nobody made such a cursor: from the start
    }
    return key.length < prefix.length
            || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)
        ? prefix
        : Arrays.copyOf(key, key.length + 1);
  }

  private MapRunSnapshot listed(byte[] key) {
    var row = storage.get(Keys.mapRun(Arrays.copyOfRange(key, 17, 33)));
    if (row == null) {
      throw new StorageFault("SW-STORAGE-CORRUPT", "Expected a map run behind its list entry");
    }
    return MapRunCodec.decode(row);
  }

  /**
   * Visits the state machines that have running executions: one of these, and how many there are.
   * Costs what is running, however much is stored.
   */
  public void running(ObjIntConsumer<Execution> visitor) {
    var end = new byte[] {'s' + 1};
    var next = storage.firstKey(new byte[] {'s'}, end);
    while (next != null) {
      var machineId = ByteBuffer.wrap(next).getLong(1);
      countRunning(machineId, visitor);
      next = storage.firstKey(Keys.after(Keys.key('s', machineId)), end);
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
      executions.summarize(last[0]).ifPresent(execution -> visitor.accept(execution, count[0]));
    }
  }
}
