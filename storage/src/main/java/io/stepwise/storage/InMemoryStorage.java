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
        if (change.to() != null) {
          rows.subMap(change.key(), true, change.to(), false).clear();
        } else if (change.value() == null) {
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
  public Cursor cursor(byte[] from, byte[] to) {
    var copy = new ArrayList<Map.Entry<byte[], byte[]>>();
    scan(from, to, (key, value) -> copy.add(Map.entry(key, value)));
    return new CopyCursor(copy);
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

  private record Change(byte[] key, byte @Nullable [] value, byte @Nullable [] to) {}

  private static final class MemoryBatch implements Batch {
    private final List<Change> changes = new ArrayList<>();
    private long bytes;
    private int marked;
    private long markedBytes;

    @Override
    public void put(byte[] key, byte[] value) {
      changes.add(new Change(key, value, null));
      bytes += key.length + value.length;
    }

    @Override
    public void delete(byte[] key) {
      changes.add(new Change(key, null, null));
      bytes += key.length;
    }

    @Override
    public void deleteRange(byte[] from, byte[] to) {
      changes.add(new Change(from, null, to));
      bytes += from.length + to.length;
    }

    @Override
    public int size() {
      return changes.size();
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public void mark() {
      marked = changes.size();
      markedBytes = bytes;
    }

    @Override
    public void rollBack() {
      changes.subList(marked, changes.size()).clear();
      bytes = markedBytes;
    }

    @Override
    public void clear() {
      changes.clear();
      bytes = 0;
      marked = 0;
      markedBytes = 0;
    }
  }

  private static final class CopyCursor implements Cursor {
    private final List<Map.Entry<byte[], byte[]>> rows;
    private int at = -1;

    CopyCursor(List<Map.Entry<byte[], byte[]>> rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() {
      return ++at < rows.size();
    }

    @Override
    public byte[] key() {
      return rows.get(at).getKey();
    }

    @Override
    public byte[] value() {
      return rows.get(at).getValue();
    }

    @Override
    public void close() {}
  }
}
