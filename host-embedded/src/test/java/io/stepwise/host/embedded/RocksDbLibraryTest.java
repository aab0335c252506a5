package io.stepwise.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;

/** The native library is unpacked once. */
final class RocksDbLibraryTest {
  @TempDir private Path cache = Path.of("");

  @Test
  void unpacksOnceAndLeavesNothingElse() throws Exception {
    var folder = RocksDbLibrary.unpacked(cache);
    var library = onlyFile(folder);
    var unpacked = Files.getLastModifiedTime(library);

    assertThat(RocksDbLibrary.unpacked(cache)).isEqualTo(folder);

    assertThat(onlyFile(folder)).isEqualTo(library);
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(unpacked);
    assertThat(Files.size(library)).isGreaterThan(1_000_000);
  }

  @Test
  void rocksDbLoadsWhatWasUnpacked() throws Exception {
    RocksDB.loadLibrary(List.of(RocksDbLibrary.unpacked(cache).toString()));

    assertThat(RocksDB.rocksdbVersion()).isNotNull();
  }

  private static Path onlyFile(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return assertThat(files.toList()).singleElement().actual();
    }
  }
}
