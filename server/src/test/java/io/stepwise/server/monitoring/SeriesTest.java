package io.stepwise.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeriesTest {
  private static final long NOON = Instant.parse("2026-11-14T12:00:00Z").getEpochSecond();
  private static final long DAY = 86_400;

  @TempDir private Path folder = Path.of("");

  private Region.InFile file() {
    return new Region.InFile(folder.resolve("a.series"));
  }

  private static Bucket started(int count) {
    var bucket = new Bucket();
    bucket.started = count;
    bucket.transitions = 10L * count;
    return bucket;
  }

  private static int started(List<Bucket> spans) {
    return spans.stream().mapToInt(span -> span.started).sum();
  }

  @Test
  void whatWasCountedIsInTheSpanOfItsTimeInEveryRange() throws IOException {
    var series = Series.begin(file(), "a");
    series.add(NOON - 30, started(2), true);
    series.add(NOON - 45, started(3), true);
    series.add(NOON, started(7), true);

    for (var range : Range.values()) {
      var spans = series.read(range, NOON);
      assertThat(spans).hasSize(range.points);
      assertThat(started(spans)).isEqualTo(12);
      assertThat(spans.getLast().started).isEqualTo(7);
      assertThat(spans.get(range.points - 2).started).isEqualTo(5);
    }
  }

  @Test
  void aRestartFindsAllThatWasThere() throws IOException {
    var bucket = started(2);
    bucket.failed = 1;
    bucket.durations.add(400);
    bucket.tasksOf("lambda:invoke").failed = 4;
    Series.begin(file(), "a").add(NOON, bucket, true);

    var read = Series.read(file()).orElseThrow();

    assertThat(read.name()).isEqualTo("a");
    assertThat(read.lastSecond()).isEqualTo(NOON);
    assertThat(read.billedIn(Instant.ofEpochSecond(NOON))).isEqualTo(20);
    var span = read.read(Range.HOUR, NOON).getLast();
    assertThat(span.started).isEqualTo(2);
    assertThat(span.failed).isEqualTo(1);
    assertThat(span.durations.quantile(1)).isBetween(360.0, 520.0);
    assertThat(span.tasksOf("lambda:invoke").failed).isEqualTo(4);
  }

  @Test
  void whatIsOlderThanARangeIsNotInIt() throws IOException {
    var series = Series.begin(file(), "a");
    series.add(NOON, started(1), true);

    assertThat(started(series.read(Range.TWO_WEEKS, NOON + 13 * DAY))).isEqualTo(1);
    assertThat(started(series.read(Range.TWO_WEEKS, NOON + 15 * DAY))).isZero();
    assertThat(started(series.read(Range.DAY, NOON + 2 * DAY))).isZero();
    assertThat(started(series.read(Range.HOUR, NOON + 192 * 60))).isZero();
  }

  @Test
  void aFileDoesNotGrow() throws IOException {
    var series = Series.begin(file(), "a");
    for (var i = 0; i < 60 * DAY / 3_600; i++) {
      series.add(NOON + i * 3_600L, started(1), true);
    }
    for (var i = 0; i < 400; i++) {
      series.add(NOON + 60 * DAY + i * 60L, started(1), true);
    }

    assertThat(Files.size(file().path())).isLessThanOrEqualTo(Series.BYTES);
  }

  @Test
  void whatComesLateIsAddedWhereItsSpanIsStillThere() throws IOException {
    var series = Series.begin(file(), "a");
    series.add(NOON + 192 * 60, started(1), true);
    series.add(NOON, started(5), true);

    assertThat(series.read(Range.HOUR, NOON + 192 * 60).getLast().started).isEqualTo(1);
    assertThat(started(series.read(Range.TWO_WEEKS, NOON + 192 * 60))).isEqualTo(6);
  }

  @Test
  void aSlotThatWasNotWrittenWholeCountsAsNothing() throws IOException {
    var series = Series.begin(file(), "a");
    series.add(NOON, started(4), true);
    series.add(NOON + 3_600, started(5), true);
    overwrite(8_192 + (long) Range.Ring.HOURS.slot(NOON) * 560 + 20);

    var read = Series.read(file()).orElseThrow();
    assertThat(started(read.read(Range.TWO_WEEKS, NOON + 3_600))).isEqualTo(5);
    read.add(NOON, started(1), true);
    assertThat(started(read.read(Range.TWO_WEEKS, NOON + 3_600))).isEqualTo(6);
  }

  @Test
  void aFileWhoseHeaderIsBrokenIsNoSeries() throws IOException {
    Series.begin(file(), "a").add(NOON, started(4), true);
    overwrite(9);

    assertThat(Series.read(file())).isEmpty();
  }

  private void overwrite(long at) throws IOException {
    try (var channel = FileChannel.open(file().path(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {99}), at);
    }
  }

  @Test
  void integrationsBeyondFifteenCountTogether() throws IOException {
    var series = Series.begin(new Region.InMemory(), "a");
    for (var i = 0; i < 20; i++) {
      var bucket = new Bucket();
      bucket.tasksOf("service" + i + ":do").failed = 1;
      series.add(NOON, bucket, true);
    }

    var tasks = series.read(Range.HOUR, NOON).getLast().tasks;
    assertThat(tasks).hasSize(16).containsKey("service14:do").doesNotContainKey("service15:do");
    assertThat(tasks.get(Series.OTHERS)).extracting(others -> others.failed).isEqualTo(5);
  }

  @Test
  void transitionsAreBilledByTheMonthInUtc() throws IOException {
    var series = Series.begin(new Region.InMemory(), "a");
    var lastOfMonth = Instant.parse("2026-11-30T23:59:59Z");
    var firstOfNext = Instant.parse("2026-12-01T00:00:00Z");
    series.add(lastOfMonth.getEpochSecond(), started(3), true);
    series.add(lastOfMonth.getEpochSecond(), started(9), false);
    assertThat(series.billedIn(lastOfMonth)).isEqualTo(30);
    assertThat(series.billedIn(firstOfNext)).isZero();

    series.add(firstOfNext.getEpochSecond(), started(1), true);
    series.add(lastOfMonth.getEpochSecond(), started(1), true);

    assertThat(series.billedIn(firstOfNext)).isEqualTo(10);
  }
}
