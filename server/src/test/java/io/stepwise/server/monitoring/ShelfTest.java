package io.stepwise.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShelfTest {
  private static final long NOON = 1_794_657_600;
  private static final long TWO_WEEKS = 14 * 86_400;

  @TempDir private Path folder = Path.of("");

  private static Bucket one() {
    var bucket = new Bucket();
    bucket.started = 1;
    return bucket;
  }

  @Test
  void stateMachinesBeyondTheLimitHaveNoSeries() {
    var shelf = Shelf.inMemory();
    for (var i = 0; i < 150; i++) {
      shelf.add("machine" + i, NOON, one(), true);
    }

    assertThat(shelf.names()).hasSizeLessThan(102).contains("machine99");
    assertThat(shelf.read("machine140", Range.Ring.HOURS, 1, NOON).getLast().started).isZero();
  }

  @Test
  void aSeriesNothingWasAddedToForTwoWeeksLeavesItsPlace() {
    var shelf = Shelf.inMemory();
    for (var i = 0; i < 150; i++) {
      shelf.add("machine" + i, NOON, one(), true);
    }
    shelf.add("new", NOON + TWO_WEEKS + 1, one(), true);

    assertThat(shelf.names()).contains("new").hasSizeLessThan(102);
  }

  @Test
  void namesOfFilesSayNothingOfMachines() throws IOException {
    var shelf = Shelf.in(folder.resolve("monitoring"));
    shelf.add("../../../etc/passwd", NOON, one(), true);
    shelf.add(Shelf.ALL, NOON, one(), true);

    try (var files = Files.list(folder.resolve("monitoring"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(2)
          .allMatch(name -> name.matches("[0-9a-z]+\\.series"));
    }
    assertThat(Shelf.in(folder.resolve("monitoring")).names())
        .containsExactlyInAnyOrder("../../../etc/passwd", Shelf.ALL);
  }

  @Test
  void aFileThatIsNoSeriesIsLeftOut() throws IOException {
    Files.writeString(folder.resolve("x.series"), "no series");
    var shelf = Shelf.in(folder);

    assertThat(shelf.names()).isEmpty();
    shelf.add("a", NOON, one(), true);
    assertThat(shelf.read("a", Range.Ring.HOURS, 1, NOON).getLast().started).isEqualTo(1);
  }
}
