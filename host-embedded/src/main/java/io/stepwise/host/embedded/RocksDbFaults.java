package io.stepwise.host.embedded;

import io.stepwise.storage.StorageFault;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What goes wrong with a store on a disk, each with the remedy that fits. */
final class RocksDbFaults {
  private static final String NO_SPACE = "No space left on device";

  private RocksDbFaults() {}

  /** A store that RocksDB can't open. */
  static StorageFault notOpened(Path folder, RocksDBException e) {
    var message = String.valueOf(e.getMessage());
    if (isFull(e)) {
      return new StorageFault(
          "SW-STORAGE-FULL",
          "Expected to open the data in " + folder + ", but its disk is full. Free space on it.",
          e);
    }
    if (isCorrupt(e)) {
      return new StorageFault(
          "SW-STORAGE-CORRUPT",
          "Expected to open the data in "
              + folder
              + ", but: "
              + message
              + ". Check the disk; start from a backup.",
          e);
    }
    // RocksDB has no code of its own for a lock that somebody holds.
    var reason =
        message.contains("lock") || message.contains("LOCK")
            ? "another process has it open. Stop that one, or choose another data directory."
            : message + ". Correct its permissions, or choose another data directory.";
    return new StorageFault(
        "SW-STORAGE-OPEN", "Expected to open the data in " + folder + ", but " + reason, e);
  }

  /** A folder for a store that can't be made. */
  static StorageFault notMade(Path folder, IOException e) {
    if (isFull(e)) {
      return new StorageFault(
          "SW-STORAGE-FULL",
          "Expected to make the data directory "
              + folder
              + ", but its disk is full. Free space on it.",
          e);
    }
    return new StorageFault(
        "SW-STORAGE-OPEN",
        "Expected to make the data directory "
            + folder
            + ", but "
            + reason(e)
            + ". Correct its permissions, or choose another data directory.",
        e);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException exists -> "there is a file of that name";
      case FileSystemException system when system.getReason() != null -> system.getReason();
      default -> "it can't be made there";
    };
  }

  /** A store that fails while it is in use. */
  static StorageFault inUse(String action, RocksDBException e) {
    if (isFull(e)) {
      return new StorageFault(
          "SW-STORAGE-FULL",
          "Expected to "
              + action
              + " the store, but its disk is full. Free space on it, then start again: what was"
              + " acknowledged is there.",
          e);
    }
    return isCorrupt(e)
        ? new StorageFault(
            "SW-STORAGE-CORRUPT",
            "Expected to "
                + action
                + " the store, but: "
                + e.getMessage()
                + ". Check the disk; start from a backup.",
            e)
        : new StorageFault(
            "SW-STORAGE-IO",
            "Expected to "
                + action
                + " the store, but: "
                + e.getMessage()
                + ". Check the disk, then start again: what was acknowledged is there.",
            e);
  }

  private static boolean isFull(Exception e) {
    return String.valueOf(e.getMessage()).contains(NO_SPACE)
        || (e instanceof RocksDBException rocks
            && rocks.getStatus() != null
            && rocks.getStatus().getSubCode() == Status.SubCode.NoSpace);
  }

  private static boolean isCorrupt(RocksDBException e) {
    return e.getStatus() != null && e.getStatus().getCode() == Status.Code.Corruption;
  }
}
