package io.stepwise.server;

import io.stepwise.host.embedded.RocksDbStorage;
import io.stepwise.server.config.Reason;
import io.stepwise.storage.ExecutionIds;
import io.stepwise.storage.Storage;
import io.stepwise.storage.StorageFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A data directory: the store and, in it, the version of its format and its number of shards, both
 * fixed when it is made.
 *
 * @param storage the open store
 * @param shards logical shards
 */
record DataFolder(Storage storage, int shards) {
  private static final int FORMAT = 3;
  private static final int SHARDS = ExecutionIds.SHARDS_MAX;
  private static final byte[] KEY = "!format".getBytes(StandardCharsets.UTF_8);

  /**
   * Opens the store in {@code folder}, or makes one.
   *
   * <p>Errors: {@link StorageFault} {@code SW-STORAGE-FORMAT} where a newer Stepwise wrote it.
   */
  static DataFolder open(Path folder) {
    var store = folder.resolve("store");
    try {
      Files.createDirectories(folder);
      Files.createDirectories(store);
    } catch (IOException e) {
      throw new StorageFault(
          "SW-STORAGE-OPEN",
          "Expected to open the data in "
              + folder
              + ", but that folder can't be made: "
              + Reason.ofMaking(e)
              + ". Correct its permissions, or choose another data directory.",
          e);
    }
    return of(RocksDbStorage.open(store));
  }

  /** Reads, or writes for the first time, the description of a store. */
  static DataFolder of(Storage storage) {
    var row = storage.get(KEY);
    if (row == null) {
      var batch = storage.newBatch();
      batch.put(KEY, (FORMAT + " " + SHARDS).getBytes(StandardCharsets.UTF_8));
      storage.commit(batch);
      return new DataFolder(storage, SHARDS);
    }
    var parts = new String(row, StandardCharsets.UTF_8).split(" ", -1);
    var format = number(storage, parts, 0);
    if (format != FORMAT) {
      storage.close();
      throw new StorageFault(
          "SW-STORAGE-FORMAT",
          "Expected data of format "
              + FORMAT
              + ", found format "
              + format
              + ": it was written by "
              + (format > FORMAT ? "a newer" : "an older")
              + " Stepwise. Start that one, or another data directory.");
    }
    return new DataFolder(storage, number(storage, parts, 1));
  }

  private static int number(Storage storage, String[] parts, int index) {
    try {
      return Integer.parseInt(parts[index]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      storage.close();
      throw new StorageFault(
          "SW-STORAGE-CORRUPT",
          "Expected the description of the data to be two numbers, found "
              + parts.length
              + " other words. Check the disk; start from a backup.",
          e);
    }
  }
}
