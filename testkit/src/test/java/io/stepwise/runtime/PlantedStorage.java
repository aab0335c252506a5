package io.stepwise.runtime;

import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.Storage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A store on which collecting a change fails when it was told to. */
final class PlantedStorage implements Storage {
  private final InMemoryStorage rows = new InMemoryStorage();
  private int putsUntilFailure = -1;

  /** Has one put fail, after that many more. */
  void failAfter(int puts) {
    putsUntilFailure = puts;
  }

  /** Whether the failure has come. */
  boolean hasFailed() {
    return putsUntilFailure < 0;
  }

  InMemoryStorage rows() {
    return rows;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return rows.get(key);
  }

  @Override
  public Batch newBatch() {
    return new PlantedBatch(rows.newBatch());
  }

  @Override
  public void commit(Batch batch) {
    rows.commit(((PlantedBatch) batch).batch);
  }

  @Override
  public void scan(byte[] from, byte[] to, Visitor visitor) {
    rows.scan(from, to, visitor);
  }

  @Override
  public void scanBackwards(byte[] from, byte[] to, Visitor visitor) {
    rows.scanBackwards(from, to, visitor);
  }

  @Override
  public Cursor cursor(byte[] from, byte[] to) {
    return rows.cursor(from, to);
  }

  @Override
  public void backup(Path folder) {
    rows.backup(folder);
  }

  @Override
  public void close() {
    rows.close();
  }

  private final class PlantedBatch implements Batch {
    private final Batch batch;

    PlantedBatch(Batch batch) {
      this.batch = batch;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      if (putsUntilFailure >= 0 && putsUntilFailure-- == 0) {
        throw new IllegalStateException("planted");
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
      batch.rollBack();
    }

    @Override
    public void clear() {
      batch.clear();
    }
  }
}
