package io.stepwise.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as buckets, and nothing beside them. */
class FolderObjectsTest {
  private Path folder = Path.of(".");
  private FolderObjects objects = new FolderObjects(folder);

  @BeforeEach
  void fill(@TempDir Path empty) throws Exception {
    folder = empty;
    Files.createDirectories(folder.resolve("buckets/one/sub"));
    Files.writeString(folder.resolve("secret"), "secret");
    Files.writeString(folder.resolve("buckets/one/a"), "0123456789");
    Files.writeString(folder.resolve("buckets/one/sub/b"), "b");
    Files.createSymbolicLink(folder.resolve("buckets/one/link"), folder.resolve("secret"));
    objects = new FolderObjects(folder.resolve("buckets"));
  }

  private static ObjectStore.ObjectName name(String bucket, String key) {
    return new ObjectStore.ObjectName(bucket, key, Optional.empty());
  }

  @Test
  void readsPartsOfAFile() throws Exception {
    assertThat(objects.read(name("one", "a"), "", 3, 4).bytes()).asString().isEqualTo("3456");
    assertThat(objects.read(name("one", "sub/b"), "", 0, 4).bytes()).asString().isEqualTo("b");
    assertThat(objects.read(name("one", "a"), "", 10, 4).bytes()).isEmpty();
  }

  @Test
  void fileThatChangedMeanwhileIsRefused() throws Exception {
    var etag = objects.read(name("one", "a"), "", 0, 1).etag();
    Files.writeString(folder.resolve("buckets/one/a"), "longer than before");

    assertThatThrownBy(() -> objects.read(name("one", "a"), etag, 1, 1))
        .hasMessageContaining("changed");
  }

  @Test
  void nothingOutsideOfABucketIsRead() {
    for (var key : new String[] {"../../secret", "link", "/etc/passwd", "sub", "\u0000", ""}) {
      assertThatThrownBy(() -> objects.read(name("one", key), "", 0, 9))
          .as(key)
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("does not exist");
    }
    for (var bucket : new String[] {"..", "two", "", "../buckets/one"}) {
      assertThatThrownBy(() -> objects.list(bucket, "", Optional.empty(), 9))
          .as(bucket)
          .hasMessageContaining("bucket does not exist");
    }
  }

  @Test
  void listsByKeyInPages() throws Exception {
    var first = objects.list("one", "", Optional.empty(), 1);
    assertThat(first.objects()).extracting(ObjectStore.Listed::key).containsExactly("a");

    var second = objects.list("one", "", first.next(), 9);
    assertThat(second.objects()).extracting(ObjectStore.Listed::key).containsExactly("sub/b");
    assertThat(second.next()).isEmpty();
  }
}
