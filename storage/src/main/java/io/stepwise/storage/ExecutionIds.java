package io.stepwise.storage;

import io.stepwise.aws.ExecutionArn;

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
  private static final int COUNTER_MAX = (1 << COUNTER_BITS) - 1;

  private final int shard;
  private long millis;
  private int counter = COUNTER_MAX;

  /**
   * A generator for one shard, whose ids are above the highest id in the store.
   *
   * @param last the highest id of any shard, or 0. Its millisecond counts as full: the clock may
   *     show it again after a restart, or one before it.
   */
  public ExecutionIds(int shard, long last) {
    this.shard = shard;
    this.millis = last >>> (COUNTER_BITS + SHARD_BITS);
  }

  /**
   * The next id at that time, or at the last time given where that is later. Units: milliseconds
   * since 1970.
   */
  public long next(long nowMillis) {
    if (nowMillis > millis) {
      millis = nowMillis;
      counter = 0;
    } else if (counter == COUNTER_MAX) {
      millis++;
      counter = 0;
    } else {
      counter++;
    }
    return of(millis, shard) | counter;
  }

  /** The lowest id of a shard and a millisecond. */
  public static long of(long millis, int shard) {
    return (millis << (COUNTER_BITS + SHARD_BITS)) | ((long) shard << COUNTER_BITS);
  }

  /** The shard of an execution that is to be started: the same on one node and on many. */
  public static int shardOf(ExecutionArn arn, int shards) {
    return Byte.toUnsignedInt(arn.digest()[0]) % shards;
  }

  /** The shard of an id. */
  public static int shardOf(long id) {
    return (int) (id >>> COUNTER_BITS) & (SHARDS_MAX - 1);
  }
}
