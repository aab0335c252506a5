package io.stepwise.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** A store that lives as long as the process: for {@code --memory} and for tests. */
public final class InMemoryStorage implements Storage {
  private final NavigableMap<byte[], byte[]> rows =
      new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
  private final ReentrantReadWriteLock commits = new ReentrantReadWriteLock();

  @Override
  public byte @Nullable [] get(byte[] key) {
    return rows.get(key);
  }

  @Override
  public Batch newBatch() {
    return new MemoryBatch();
  }

  @Override
  public void commit(Batch batch) {
    var changes = ((MemoryBatch) batch).changes;
    commits.writeLock().lock();
    try {
      for (var change : changes) {
        if (change.value() == null) {
          rows.remove(change.key());
        } else {
          rows.put(change.key(), change.value());
        }
      }
    } finally {
      commits.writeLock().unlock();
    }
    batch.clear();
  }

  @Override
  public void scan(byte[] from, byte[] to, Visitor visitor) {
    visit(rows.subMap(from, true, to, false), visitor);
  }

  @Override
  public void scanBackwards(byte[] from, byte[] to, Visitor visitor) {
    visit(rows.subMap(from, true, to, false).descendingMap(), visitor);
  }

  @Override
  public void backup(Path folder) {
    throw new StorageFault(
        "SW-BACKUP-MEMORY", "Expected a data directory to back up, but started with --memory");
  }

  @Override
  public void close() {}

  /** All rows, for tests that compare stores. */
  public Map<byte[], byte[]> rows() {
    return rows;
  }

  private void visit(NavigableMap<byte[], byte[]> range, Visitor visitor) {
    commits.readLock().lock();
    try {
      for (var row : range.entrySet()) {
        if (!visitor.visit(row.getKey(), row.getValue())) {
          return;
        }
      }
    } finally {
      commits.readLock().unlock();
    }
  }

  private record Change(byte[] key, byte @Nullable [] value) {}

  private static final class MemoryBatch implements Batch {
    private final List<Change> changes = new ArrayList<>();

    @Override
    public void put(byte[] key, byte[] value) {
      changes.add(new Change(key, value));
    }

    @Override
    public void delete(byte[] key) {
      changes.add(new Change(key, null));
    }

    @Override
    public int size() {
      return changes.size();
    }

    @Override
    public void clear() {
      changes.clear();
    }
  }
}
