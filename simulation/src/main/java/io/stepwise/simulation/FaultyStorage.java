package io.stepwise.simulation;

import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.Storage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A store whose process may die before every commit. What was committed stays; a batch that was not
 * is gone with the process.
 */
final class FaultyStorage implements Storage {
  private final InMemoryStorage durable = new InMemoryStorage();
  private final CrashPoints crashes;

  FaultyStorage(CrashPoints crashes) {
    this.crashes = crashes;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return durable.get(key);
  }

  @Override
  public Batch newBatch() {
    return durable.newBatch();
  }

  @Override
  public void commit(Batch batch) {
    crashes.pass("before a commit");
    durable.commit(batch);
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
}
