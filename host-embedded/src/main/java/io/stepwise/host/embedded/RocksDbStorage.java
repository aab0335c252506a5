package io.stepwise.host.embedded;

import io.stepwise.storage.Storage;
import io.stepwise.storage.StorageFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Checkpoint;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The durable store: RocksDB, every commit synced to the disk before it returns, unless it is
 * opened otherwise.
 *
 * <p>The options are measured: docs/decisions/0003-storage-layout.md.
 */
public final class RocksDbStorage implements Storage {
  private final RocksDB db;
  private final WriteOptions writeOptions;
  private final List<AutoCloseable> resources;

  private RocksDbStorage(RocksDB db, WriteOptions writeOptions, List<AutoCloseable> resources) {
    this.db = db;
    this.writeOptions = writeOptions;
    this.resources = resources;
  }

  /** Loads the native library, which {@link #open} does otherwise. */
  public static void prepare() {
    RocksDbLibrary.load();
  }

  /**
   * Opens the store in {@code folder}, which is made if it is missing.
   *
   * <p>Errors: {@link StorageFault} {@code SW-STORAGE-OPEN} where it can't be opened: in use, not
   * readable, or corrupt.
   */
  public static RocksDbStorage open(Path folder) {
    return open(folder, true, 64 << 20);
  }

  /**
   * As {@link #open}, for what is worth less than the wait: what was committed survives the end of
   * the process, and not that of the machine. Takes less memory.
   */
  public static RocksDbStorage openUnsynced(Path folder) {
    return open(folder, false, 8 << 20);
  }

  private static RocksDbStorage open(Path folder, boolean synced, int bufferBytes) {
    RocksDbLibrary.load();
    var resources = new ArrayList<AutoCloseable>();
    try {
      Files.createDirectories(folder);
      var cache = new LRUCache(bufferBytes);
      var bloom = new BloomFilter(10);
      var options =
          new Options()
              .setCreateIfMissing(true)
              .setWriteBufferSize(bufferBytes)
              .setMaxWriteBufferNumber(4)
              .setCompressionType(CompressionType.LZ4_COMPRESSION)
              .setMaxBackgroundJobs(2)
              .setBytesPerSync(1 << 20)
              .setWalBytesPerSync(1 << 20)
              .setRecycleLogFileNum(4)
              .setMaxTotalWalSize(8L * bufferBytes)
              .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
              .setKeepLogFileNum(4)
              .setTableFormatConfig(
                  new BlockBasedTableConfig()
                      .setBlockCache(cache)
                      .setFilterPolicy(bloom)
                      .setCacheIndexAndFilterBlocks(false)
                      .setFormatVersion(5));
      var writeOptions = new WriteOptions().setSync(synced);
      var db = RocksDB.open(options, folder.toString());
      resources.addAll(List.of(db, writeOptions, options, bloom, cache));
      return new RocksDbStorage(db, writeOptions, resources);
    } catch (RocksDBException e) {
      throw RocksDbFaults.notOpened(folder, e);
    } catch (IOException e) {
      throw RocksDbFaults.notMade(folder, e);
    }
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    try {
      return db.get(key);
    } catch (RocksDBException e) {
      throw RocksDbFaults.inUse("read", e);
    }
  }

  @Override
  public Batch newBatch() {
    return new RocksDbBatch();
  }

  @Override
  public void commit(Batch batch) {
    var collected = (RocksDbBatch) batch;
    try (var writeBatch = new WriteBatch(collected.toBytes())) {
      db.write(writeOptions, writeBatch);
    } catch (RocksDBException e) {
      throw RocksDbFaults.inUse("write", e);
    }
    collected.clear();
  }

  @Override
  public void scan(byte[] from, byte[] to, Visitor visitor) {
    try (var upper = new Slice(to);
        var options = new ReadOptions().setIterateUpperBound(upper);
        var iterator = db.newIterator(options)) {
      for (iterator.seek(from); iterator.isValid(); iterator.next()) {
        if (!visitor.visit(iterator.key(), iterator.value())) {
          return;
        }
      }
      check(iterator);
    }
  }

  @Override
  public void scanBackwards(byte[] from, byte[] to, Visitor visitor) {
    try (var lower = new Slice(from);
        var upper = new Slice(to);
        var options = new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
        var iterator = db.newIterator(options)) {
      for (iterator.seekToLast(); iterator.isValid(); iterator.prev()) {
        if (!visitor.visit(iterator.key(), iterator.value())) {
          return;
        }
      }
      check(iterator);
    }
  }

  @Override
  public Cursor cursor(byte[] from, byte[] to) {
    return new RocksCursor(db, from, to);
  }

  @Override
  public void backup(Path folder) {
    if (Files.exists(folder)) {
      throw new StorageFault(
          "SW-BACKUP-EXISTS", "Expected a folder that does not exist yet, got " + folder);
    }
    try (var checkpoint = Checkpoint.create(db)) {
      checkpoint.createCheckpoint(folder.toString());
    } catch (RocksDBException e) {
      throw RocksDbFaults.inUse("back up", e);
    }
  }

  @Override
  public long sizeBytes() {
    try {
      return db.getLongProperty("rocksdb.live-sst-files-size")
          + db.getLongProperty("rocksdb.cur-size-all-mem-tables");
    } catch (RocksDBException e) {
      throw RocksDbFaults.inUse("measure", e);
    }
  }

  @Override
  public void close() {
    for (var resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new StorageFault("SW-STORAGE-CLOSE", "Expected to close the store", e);
      }
    }
  }

  private static void check(RocksIterator iterator) {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw RocksDbFaults.inUse("read", e);
    }
  }

  /** An iterator sees the store as it was when it was made. */
  private static final class RocksCursor implements Cursor {
    private final Slice upper;
    private final ReadOptions options;
    private final RocksIterator iterator;
    private boolean begun;

    RocksCursor(RocksDB db, byte[] from, byte[] to) {
      upper = new Slice(to);
      options = new ReadOptions().setIterateUpperBound(upper);
      iterator = db.newIterator(options);
      iterator.seek(from);
    }

    @Override
    public boolean next() {
      if (begun && iterator.isValid()) {
        iterator.next();
      }
      begun = true;
      if (!iterator.isValid()) {
        check(iterator);
        return false;
      }
      return true;
    }

    @Override
    public byte[] key() {
      return iterator.key();
    }

    @Override
    public byte[] value() {
      return iterator.value();
    }

    @Override
    public void close() {
      iterator.close();
      options.close();
      upper.close();
    }
  }
}
