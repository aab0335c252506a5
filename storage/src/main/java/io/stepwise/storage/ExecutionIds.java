package io.stepwise.storage;

/**
 * Execution ids: 44 bits of milliseconds since 1970, 8 bits of shard, 12 bits of counter. Ordered
 * by start, so new rows land at the end of the store and a list by start is a list by id; the shard
 * of an execution is read off its id.
 *
 * <p>One generator a shard, used by the shard's thread.
 */
public final class ExecutionIds {
  /** Shards at most. */
  public static final int SHARDS_MAX = 256;

  private static final int COUNTER_BITS = 12;
  private static final int SHARD_BITS = 8;

  private final int shard;
  private long last;

  /** A generator whose ids are above {@code last}, the highest id in the store, or 0. */
  public ExecutionIds(int shard, long last) {
    this.shard = shard;
    this.last = last;
  }

  /** The next id at that time. Units: milliseconds since 1970. */
  public long next(long nowMillis) {
    var first = of(nowMillis, shard);
    if (last < first) {
      last = first;
    } else if ((last & ((1L << COUNTER_BITS) - 1)) == (1L << COUNTER_BITS) - 1) {
      last = of((last >>> (COUNTER_BITS + SHARD_BITS)) + 1, shard); // the millisecond is full
    } else {
      last++;
    }
    return last;
  }

  /** The lowest id of a shard and a millisecond. */
  public static long of(long millis, int shard) {
    return (millis << (COUNTER_BITS + SHARD_BITS)) | ((long) shard << COUNTER_BITS);
  }

  /** The shard of an id. */
  public static int shardOf(long id) {
    return (int) (id >>> COUNTER_BITS) & (SHARDS_MAX - 1);
  }
}
