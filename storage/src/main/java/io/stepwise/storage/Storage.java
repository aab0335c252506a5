package io.stepwise.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An ordered store of byte keys and values with atomic, durable batches.
 *
 * <p>Reads see committed batches only. Keys are ordered as unsigned bytes. Every implementation
 * passes {@code StorageContractTest}.
 */
public interface Storage extends AutoCloseable {

  /** The value of a key, or null. */
  byte @Nullable [] get(byte[] key);

  /** An empty batch. */
  Batch newBatch();

  /**
   * Makes a batch durable, all of it or nothing, and clears it.
   *
   * <p>Errors: {@link StorageFault}; then nothing of the batch may be acknowledged.
   */
  void commit(Batch batch);

  /** Visits keys from {@code from} (included) up to {@code to} (excluded), until told to stop. */
  void scan(byte[] from, byte[] to, Visitor visitor);

  /** As {@link #scan}, from the highest key below {@code to} downwards. */
  void scanBackwards(byte[] from, byte[] to, Visitor visitor);

  /** The lowest key from {@code from} (included) up to {@code to} (excluded), or null. */
  default byte @Nullable [] firstKey(byte[] from, byte[] to) {
    var first = new byte[1][];
    scan(
        from,
        to,
        (key, value) -> {
          first[0] = key;
          return false;
        });
    return first[0];
  }

  /** The highest key from {@code from} (included) up to {@code to} (excluded), or null. */
  default byte @Nullable [] lastKey(byte[] from, byte[] to) {
    var last = new byte[1][];
    scanBackwards(
        from,
        to,
        (key, value) -> {
          last[0] = key;
          return false;
        });
    return last[0];
  }

  /**
   * Walks over the rows from {@code from} (included) up to {@code to} (excluded) as they are now,
   * whatever is committed meanwhile. To be closed.
   */
  Cursor cursor(byte[] from, byte[] to);

  /** Writes a consistent copy of everything into a new folder, while the store is in use. */
  void backup(Path folder);

  /** Bytes it takes, as far as that is cheap to know; 0 where it is not. */
  default long sizeBytes() {
    return 0;
  }

  /** Closes the store; what was committed stays. */
  @Override
  void close();

  /** Changes that become visible together. Confined to one thread. */
  interface Batch {
    /** Sets a value. */
    void put(byte[] key, byte[] value);

    /** Removes a value, if there is one. */
    void delete(byte[] key);

    /** Removes all rows from {@code from} (included) up to {@code to} (excluded). */
    void deleteRange(byte[] from, byte[] to);

    /** Changes collected since the last commit. */
    int size();

    /** About how much was collected since the last commit. Units: bytes. */
    long bytes();

    /** Remembers how far it has come, for {@link #rollBack}. */
    void mark();

    /** Drops what was collected since the last {@link #mark}, of which there must be one. */
    void rollBack();

    /** Drops what was collected. */
    void clear();
  }

  /** A place among rows that do not change. Confined to one thread. */
  interface Cursor extends AutoCloseable {
    /** Goes to the next row; returns whether there is one. */
    boolean next();

    /** The key of the row. */
    byte[] key();

    /** The value of the row. */
    byte[] value();

    @Override
    void close();
  }

  /** Receives rows. */
  @FunctionalInterface
  interface Visitor {
    /** Takes one row; returns whether to go on. */
    boolean visit(byte[] key, byte[] value);
  }
}
