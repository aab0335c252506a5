package io.stepwise.simulation;

import io.stepwise.scenario.ForwardingStorage;
import io.stepwise.storage.StorageFault;
import java.util.SplittableRandom;

/**
 * A store whose process may die before every commit, whose commits may fail, and which may fail
 * while a change is being collected. What was committed stays; a batch that was not is gone with
 * the process.
 */
final class FaultyStorage extends ForwardingStorage {
  private final CrashPoints crashes;
  private final SplittableRandom random;
  private final boolean rollsBack;
  private final boolean putsFail;
  private boolean isCalm = true; // while the world is set up

  /**
   * An empty store.
   *
   * @param putsFail whether collecting changes may fail, which fails executions
   * @param rollsBack false to plant that half of what was collected stays
   */
  FaultyStorage(CrashPoints crashes, SplittableRandom random, boolean putsFail, boolean rollsBack) {
    this.crashes = crashes;
    this.random = random;
    this.putsFail = putsFail;
    this.rollsBack = rollsBack;
  }

  /** What may fail does from now on: the world is set up. */
  void begin() {
    isCalm = false;
  }

  /** Nothing fails from now on. */
  void calmDown() {
    isCalm = true;
  }

  @Override
  public Batch newBatch() {
    return new FaultyBatch();
  }

  @Override
  public void commit(Batch batch) {
    crashes.pass("before a commit");
    if (!isCalm && random.nextInt(2_000) == 0) {
      throw new StorageFault("SW-STORAGE-IO", "a commit that fails");
    }
    super.commit(batch);
  }

  private final class FaultyBatch extends ForwardingBatch {
    @Override
    public void put(byte[] key, byte[] value) {
      // Below 'a' is the catalog's, whose callers are told of what fails.
      if (putsFail && !isCalm && key[0] >= 'a' && random.nextInt(4_000) == 0) {
        throw new IllegalStateException("a change that can't be collected");
      }
      super.put(key, value);
    }

    @Override
    public void rollBack() {
      if (rollsBack) {
        super.rollBack();
      }
    }
  }
}
