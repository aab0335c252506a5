package io.stepwise.runtime.step;

/**
 * What one worker out of several does: every shard whose number modulo theirs is its own.
 *
 * @param shards logical shards of the store
 * @param workers how many share them
 * @param worker which of them this is, from 0
 */
public record Share(int shards, int workers, int worker) {
  /** Requires a worker among the workers. */
  public Share {
    if (shards < 1 || worker < 0 || worker >= workers) {
      throw new IllegalArgumentException(
          "Expected a worker below " + workers + " and a shard, got " + worker + " and " + shards);
    }
  }

  /** The share of a worker that does everything. */
  public static Share whole(int shards) {
    return new Share(shards, 1, 0);
  }
}
