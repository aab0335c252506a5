package io.stepwise.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.storage.StorageFault;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class RocksDbFaultsTest {
  private static final Path FOLDER = Path.of("/data/store");

  private static RocksDBException full() {
    return new RocksDBException(
        "While appending to file: /data/store/000007.log: No space left on device",
        new Status(Status.Code.IOError, Status.SubCode.NoSpace, "No space left on device"));
  }

  private static void saysToFreeSpace(StorageFault fault) {
    assertThat(fault.code()).isEqualTo("SW-STORAGE-FULL");
    assertThat(fault).hasMessageContaining("disk is full. Free space on it");
    assertThat(fault).hasMessageContaining("docs/errors/SW-STORAGE-FULL.md");
    assertThat(fault).hasMessageNotContaining("permissions");
  }

  @Test
  void aFullDiskIsToldApartAtTheStartAndWhileRunning() {
    saysToFreeSpace(RocksDbFaults.notOpened(FOLDER, full()));
    saysToFreeSpace(RocksDbFaults.inUse("write", full()));
    saysToFreeSpace(
        RocksDbFaults.notMade(
            FOLDER, new FileSystemException("/data", null, "No space left on device")));
  }

  @Test
  void noMessageHasTheNameOfAClassInIt() {
    for (var e :
        new IOException[] {
          new NoSuchFileException("/proc/x"),
          new FileAlreadyExistsException("/data"),
          new IOException()
        }) {
      assertThat(RocksDbFaults.notMade(FOLDER, e).getMessage()).doesNotContain("Exception");
    }
  }
}
