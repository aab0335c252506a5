package io.stepwise.logs;

import io.stepwise.storage.Storage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A store that passes everything on: for those that change some of it. */
class ForwardingStorage implements Storage {
  private final Storage storage;

  ForwardingStorage(Storage storage) {
    this.storage = storage;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return storage.get(key);
  }

  @Override
  public Batch newBatch() {
    return storage.newBatch();
  }

  @Override
  public void commit(Batch batch) {
    storage.commit(batch);
  }

  @Override
  public void scan(byte[] from, byte[] to, Visitor visitor) {
    storage.scan(from, to, visitor);
  }

  @Override
  public void scanBackwards(byte[] from, byte[] to, Visitor visitor) {
    storage.scanBackwards(from, to, visitor);
  }

  @Override
  public Cursor cursor(byte[] from, byte[] to) {
    return storage.cursor(from, to);
  }

  @Override
  public void backup(Path folder) {
    storage.backup(folder);
  }

  @Override
  public void close() {
    storage.close();
  }
}
