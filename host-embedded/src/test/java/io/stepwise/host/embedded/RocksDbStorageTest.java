package io.stepwise.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stepwise.storage.Storage;
import io.stepwise.storage.StorageContractTest;
import io.stepwise.storage.StorageFault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RocksDB keeps the contract of every store, and what only a store on disk promises. */
final class RocksDbStorageTest extends StorageContractTest {
  private static final byte[] KEY = {1};
  private static final byte[] VALUE = {2};

  @TempDir private Path folder = Path.of("");

  @Override
  protected Storage open() {
    return RocksDbStorage.open(folder.resolve("store"));
  }

  @Override
  protected Storage reopen() {
    return open();
  }

  @Override
  protected boolean isDurable() {
    return true;
  }

  @Test
  void backsUpWhileItIsInUse() {
    try (var store = RocksDbStorage.open(folder.resolve("used"))) {
      var batch = store.newBatch();
      batch.put(KEY, VALUE);
      store.commit(batch);

      store.backup(folder.resolve("copy"));

      batch.delete(KEY);
      store.commit(batch);
      assertThat(store.get(KEY)).isNull();
    }
    try (var copy = RocksDbStorage.open(folder.resolve("copy"))) {
      assertThat(copy.get(KEY)).isEqualTo(VALUE);
    }
  }

  @Test
  void refusesABackupIntoAFolderThatIsThere() {
    try (var store = RocksDbStorage.open(folder.resolve("used"))) {
      assertThatExceptionOfType(StorageFault.class)
          .isThrownBy(() -> store.backup(folder))
          .satisfies(fault -> assertThat(fault.code()).isEqualTo("SW-BACKUP-EXISTS"));
    }
  }

  @Test
  void refusesAStoreThatAnotherProcessHasOpen() {
    try (var store = RocksDbStorage.open(folder.resolve("used"))) {
      assertThat(store.get(KEY)).isNull();
      assertThatExceptionOfType(StorageFault.class)
          .isThrownBy(() -> RocksDbStorage.open(folder.resolve("used")).close())
          .satisfies(fault -> assertThat(fault.code()).isEqualTo("SW-STORAGE-OPEN"));
    }
  }
}
