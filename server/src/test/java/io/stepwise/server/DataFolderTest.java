package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.StorageFault;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A data directory knows its format. */
final class DataFolderTest {
  @Test
  void keepsItsNumberOfShards() {
    var storage = new InMemoryStorage();
    var made = DataFolder.of(storage);

    assertThat(DataFolder.of(storage).shards()).isEqualTo(made.shards()).isEqualTo(256);
  }

  @Test
  void refusesDataOfANewerFormat() {
    var storage = new InMemoryStorage();
    var batch = storage.newBatch();
    batch.put("!format".getBytes(StandardCharsets.UTF_8), "99 64".getBytes(StandardCharsets.UTF_8));
    storage.commit(batch);

    assertThatExceptionOfType(StorageFault.class)
        .isThrownBy(() -> DataFolder.of(storage))
        .withMessageContaining("a newer Stepwise");
  }
}
