package io.stepwise.catalog;

import io.stepwise.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of the catalog: changes queue for it, and are committed before they are visible.
 * They may wait for the disk, so not on a loop.
 */
public final class CatalogWriter {
  private final Storage storage;
  private final ReentrantLock lock = new ReentrantLock();

  CatalogWriter(Storage storage) {
    this.storage = storage;
  }

  /**
   * Makes a change: what {@code change} puts together is committed as one, then visible. Nothing
   * else changes meanwhile; what it throws leaves everything as it was.
   */
  public <R> R change(Function<Changes, R> change) {
    lock.lock();
    try {
      var changes = new Changes(storage.newBatch());
      var result = change.apply(changes);
      if (changes.batch.size() > 0) {
        storage.commit(changes.batch);
        changes.visible.forEach(Runnable::run);
      }
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** What a change consists of. Each says what it expects to find: compare and set. */
  public static final class Changes {
    private final Storage.Batch batch;
    private final List<Runnable> visible = new ArrayList<>();

    private Changes(Storage.Batch batch) {
      this.batch = batch;
    }

    /** Puts a resource in the place of another, or where none is. */
    public <T> void set(CatalogTable<T> table, @Nullable T expected, T value) {
      expect(table, table.key(value), expected);
      table.put(batch, value);
      visible.add(() -> table.show(table.key(value), value));
    }

    /** Removes a resource. */
    public <T> void remove(CatalogTable<T> table, T expected) {
      expect(table, table.key(expected), expected);
      table.delete(batch, expected);
      visible.add(() -> table.show(table.key(expected), null));
    }

    /** Adds a revision, compiled where it is at hand. */
    void add(Revisions revisions, Revision revision, Runnable whenVisible) {
      revisions.put(batch, revision);
      visible.add(whenVisible);
    }

    private static <T> void expect(CatalogTable<T> table, String key, @Nullable T expected) {
      if (table.get(key) != expected) {
        throw new IllegalStateException("Expected " + key + " as it was read");
      }
    }
  }
}
