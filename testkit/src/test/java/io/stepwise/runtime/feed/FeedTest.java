package io.stepwise.runtime.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.Storage;
import io.stepwise.storage.feed.FeedTable;
import io.stepwise.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FeedTest {
  private static final String PASS_AND_WAIT =
      """
      {"StartAt":"P","States":{"P":{"Type":"Pass","Next":"W"},
       "W":{"Type":"Wait","Seconds":10,"End":true}}}""";

  private final List<FeedEntry> heard = new CopyOnWriteArrayList<>();
  private final List<Feed.Read> reads = new CopyOnWriteArrayList<>();

  private final class Durable implements FeedConsumer {
    private final boolean throwing;

    Durable(boolean throwing) {
      this.throwing = throwing;
    }

    @Override
    public String name() {
      return "durable";
    }

    @Override
    public void take(FeedEntry entry) {
      heard.add(entry);
      if (throwing) {
        throw new IllegalStateException("a bug of a consumer");
      }
    }

    @Override
    public boolean isDurable() {
      return true;
    }
  }

  private Feed feed(Scenario scenario, boolean throwing) {
    var feed = new Feed(new FeedTable(scenario.storage()), scenario.store(), 256, reads::add);
    feed.add(new Durable(throwing));
    feed.start();
    return feed;
  }

  private static List<Long> eventIds(List<FeedEntry> entries) {
    return entries.stream()
        .flatMap(entry -> entry.events().stream())
        .map(event -> ((HistoryEvent) event).id())
        .toList();
  }

  @Test
  void whoComesLateHearsFromTheRowsAllThatWasDecided() throws Exception {
    var scenario = Scenario.of(PASS_AND_WAIT).start("{}");
    scenario.skip();

    try (var feed = feed(scenario, false)) {
      assertThat(feed.awaitTaken(10_000)).isTrue();
    }

    assertThat(heard.getFirst().before()).isNull();
    assertThat(heard.getLast().after()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(heard.getLast().closes()).isTrue();
    assertThat(heard.getLast().stopMillis()).isPositive();
    assertThat(eventIds(heard)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(reads).isNotEmpty();
  }

  @Test
  void aConsumerGoesOnWhereItsCursorStands() throws Exception {
    var scenario = Scenario.of(PASS_AND_WAIT).start("{}");
    try (var feed = feed(scenario, false)) {
      feed.awaitTaken(10_000);
    }
    var batch = scenario.storage().newBatch();
    for (var read : reads) {
      new FeedTable(scenario.storage())
          .moveCursor(batch, read.slot(), read.consumer(), read.sequence());
    }
    scenario.storage().commit(batch);
    heard.clear();
    scenario.skip();

    try (var feed = feed(scenario, false)) {
      feed.awaitTaken(10_000);
    }

    assertThat(eventIds(heard)).containsExactly(5L, 6L);
  }

  @Test
  void aConsumerThatThrowsHearsOfTheNextDecision() throws Exception {
    var scenario = Scenario.of(PASS_AND_WAIT).start("{}");
    scenario.skip();

    try (var feed = feed(scenario, true)) {
      assertThat(feed.awaitTaken(10_000)).isTrue();
    }

    assertThat(eventIds(heard)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void whatCameWhileTheQueueWasFullIsReadFromTheRows() throws Exception {
    var scenario = Scenario.of(PASS_AND_WAIT).start("{}");
    var feed = new Feed(new FeedTable(scenario.storage()), scenario.store(), 256, reads::add);
    feed.add(new Durable(false));
    scenario.skip();
    for (var i = 0; i < 2_000; i++) {
      feed.committed(List.of()); // before the start nobody takes them
    }

    try (feed) {
      feed.start();
      assertThat(feed.awaitTaken(10_000)).isTrue();
    }

    assertThat(eventIds(heard)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(feed.figures().getFirst().missed()).isZero();
  }

  @Test
  void theLastRowsOfASlotStayAndTheOldestGo() {
    var storage = new InMemoryStorage();
    var table = new FeedTable(storage);
    var writer = new FeedWriter(table, FeedSink.NONE, 256);
    append(storage, writer, 1_000);

    assertThat(table.last(7)).isEqualTo(1_000);
    assertThat(table.first(7)).isEqualTo(1_000 - 256);
  }

  @Test
  void whatADurableConsumerHasYetToReadStaysUpToALimit() {
    var storage = new InMemoryStorage();
    var table = new FeedTable(storage);
    FeedSink slow =
        new FeedSink() {
          @Override
          public void committed(List<FeedEntry> entries) {}

          @Override
          public long keepFrom(int slot) {
            return 3;
          }
        };
    var writer = new FeedWriter(table, slow, 256);
    append(storage, writer, 1_000);
    assertThat(table.first(7)).isEqualTo(3);

    append(storage, writer, 70_000);
    assertThat(table.last(7) - table.first(7)).isEqualTo(65_536);
  }

  @Test
  void aRowThatIsTakenBackLeavesNoGap() {
    var storage = new InMemoryStorage();
    var table = new FeedTable(storage);
    var writer = new FeedWriter(table, FeedSink.NONE, 256);
    var batch = storage.newBatch();
    writer.append(batch, 7, 1, 1, 3);
    var mark = writer.mark();
    batch.mark();
    writer.append(batch, 7, 1, 4, 4);
    writer.rollBack(mark);
    batch.rollBack();
    writer.append(batch, 7, 2, 1, 1);
    storage.commit(batch);
    writer.committed();

    var rows = new ArrayList<FeedTable.Row>();
    table.read(7, 0, rows::add);
    assertThat(rows).containsExactly(new FeedTable.Row(1, 1, 1, 3), new FeedTable.Row(2, 2, 1, 1));
    assertThat(new FeedWriter(table, FeedSink.NONE, 256).append(storage.newBatch(), 7, 3, 1, 1))
        .isEqualTo(new FeedEntry.Position(7, 3));
  }

  private static void append(Storage storage, FeedWriter writer, int count) {
    var batch = storage.newBatch();
    for (var i = 0; i < count; i++) {
      writer.append(batch, 7, 1, 1, 1);
      storage.commit(batch);
      writer.committed();
    }
  }
}
