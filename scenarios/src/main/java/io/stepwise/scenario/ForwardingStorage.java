package io.stepwise.scenario;

import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.Storage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A store in memory whose behavior a test changes where it needs to. */
public abstract class ForwardingStorage implements Storage {
  private final InMemoryStorage rows = new InMemoryStorage();

  /** An empty store. */
  protected ForwardingStorage() {}

  /** What it holds. */
  public final InMemoryStorage rows() {
    return rows;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return rows.get(key);
  }

  @Override
  public Batch newBatch() {
    return new ForwardingBatch();
  }

  @Override
  public void commit(Batch batch) {
    rows.commit(((ForwardingBatch) batch).batch);
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

  /** A batch whose behavior a test changes where it needs to. */
  protected class ForwardingBatch implements Batch {
    private final Batch batch = rows.newBatch();

    /** An empty batch. */
    protected ForwardingBatch() {}

    @Override
    public void put(byte[] key, byte[] value) {
      batch.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
      batch.delete(key);
    }

    @Override
    public void deleteRange(byte[] from, byte[] to) {
      batch.deleteRange(from, to);
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
