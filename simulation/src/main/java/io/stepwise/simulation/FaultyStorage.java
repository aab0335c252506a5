package io.stepwise.simulation;

import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.Storage;
import io.stepwise.storage.StorageFault;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A store whose process may die before every commit, whose commits may fail, and which may fail
 * while a change is being collected. What was committed stays; a batch that was not is gone with
 * the process.
 */
final class FaultyStorage implements Storage {
  private final InMemoryStorage durable = new InMemoryStorage();
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
  public byte @Nullable [] get(byte[] key) {
    return durable.get(key);
  }

  @Override
  public Batch newBatch() {
    return new FaultyBatch(durable.newBatch());
  }

  @Override
  public void commit(Batch batch) {
    crashes.pass("before a commit");
    if (!isCalm && random.nextInt(2_000) == 0) {
      throw new StorageFault("SW-STORAGE-IO", "a commit that fails");
    }
    durable.commit(((FaultyBatch) batch).batch);
  }

  @Override
  public void scan(byte[] from, byte[] to, Visitor visitor) {
    durable.scan(from, to, visitor);
  }

  @Override
  public void scanBackwards(byte[] from, byte[] to, Visitor visitor) {
    durable.scanBackwards(from, to, visitor);
  }

  @Override
  public Cursor cursor(byte[] from, byte[] to) {
    return durable.cursor(from, to);
  }

  @Override
  public void backup(Path folder) {
    durable.backup(folder);
  }

  @Override
  public void close() {
    durable.close();
  }

  private final class FaultyBatch implements Batch {
    private final Batch batch;

    FaultyBatch(Batch batch) {
      this.batch = batch;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      // Below 'a' is the catalog's, whose callers are told of what fails.
      if (putsFail && !isCalm && key[0] >= 'a' && random.nextInt(4_000) == 0) {
        throw new IllegalStateException("a change that can't be collected");
      }
      batch.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
      batch.delete(key);
    }

    @Override
    public int size() {
      return batch.size();
    }

    @Override
    public long bytes() {
      return batch.bytes();
    }

    @Override
    public void mark() {
      batch.mark();
    }

    @Override
    public void rollBack() {
      if (rollsBack) {
        batch.rollBack();
      }
    }

    @Override
    public void clear() {
      batch.clear();
    }
  }
}
