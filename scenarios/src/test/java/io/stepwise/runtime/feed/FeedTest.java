package io.stepwise.runtime.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.scenario.Scenario;
import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.Storage;
import io.stepwise.storage.feed.FeedTable;
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
    var feed = new Feed(new FeedTable(scenario.storage()), scenario.store(), reads::add);
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
          .moveCursor(batch, read.lane(), read.consumer(), read.sequence());
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
    var feed = new Feed(new FeedTable(scenario.storage()), scenario.store(), reads::add);
    feed.add(new Durable(false));
    scenario.skip();
    for (var i = 0; i < 2_000; i++) {
      feed.committed(new FeedCommit(0, 0, List.of())); // before the start nobody takes them
    }

    try (feed) {
      feed.start();
      assertThat(feed.awaitTaken(10_000)).isTrue();
    }

    assertThat(eventIds(heard)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(feed.figures().getFirst().missed()).isZero();
  }

  @Test
  void theLastRowsOfALaneStayAndTheOldestGo() {
    var storage = new InMemoryStorage();
    var table = new FeedTable(storage);
    append(storage, new FeedWriter(table, FeedSink.NONE, 0, 1), 3_000);

    assertThat(table.first(0, 10_000)).hasSize(1_024).last().isEqualTo(table.last(0));
  }

  @Test
  void whatADurableConsumerHasYetToReadStaysUpToALimit() {
    var storage = new InMemoryStorage();
    var table = new FeedTable(storage);
    var writer = new FeedWriter(table, readUpTo(2), 0, 1);
    append(storage, writer, 3_000);
    assertThat(table.first(0, 10_000)).hasSize(2_998);

    append(storage, writer, 265_000);
    assertThat(table.first(0, 300_000)).hasSize(262_144);
  }

  @Test
  void whatEarlierRunsLeftIsClearedBitByBit() {
    var storage = new InMemoryStorage();
    var table = new FeedTable(storage);
    append(storage, new FeedWriter(table, FeedSink.NONE, 0, 2), 500);
    append(storage, new FeedWriter(table, FeedSink.NONE, 1, 2), 700);

    append(storage, new FeedWriter(table, FeedSink.NONE, 0, 1), 2_000);

    assertThat(table.lanes()).containsExactly(0);
    assertThat(table.first(0, 10_000)).hasSizeLessThanOrEqualTo(1_400);
  }

  @Test
  void everyStartBeginsAnEpochOfItsOwn() {
    var storage = new InMemoryStorage();
    var table = new FeedTable(storage);
    append(storage, new FeedWriter(table, FeedSink.NONE, 1, 2), 1);
    append(storage, new FeedWriter(table, FeedSink.NONE, 0, 2), 1);

    assertThat(FeedTable.epochOf(table.last(1))).isEqualTo(1);
    assertThat(FeedTable.epochOf(table.last(0))).isEqualTo(2);
    assertThat(FeedTable.missing(table.last(1), table.last(0))).isZero();
  }

  private static FeedSink readUpTo(int rows) {
    return new FeedSink() {
      @Override
      public void committed(FeedCommit commit) {}

      @Override
      public long readDurably(int lane) {
        return FeedTable.before(1) + rows;
      }
    };
  }

  private static void append(Storage storage, FeedWriter writer, int count) {
    var scenario = Scenario.of(PASS_AND_WAIT).start("{}");
    var execution = scenario.execution();
    var events = new ArrayList<Event>();
    scenario
        .store()
        .history(
            execution.header().id(), 1, false, event -> events.add(event) && events.size() < 2);
    var entry =
        new FeedEntry(
            true, execution.header(), null, ExecutionStatus.RUNNING, 0, null, List.copyOf(events));
    var batch = storage.newBatch();
    for (var i = 0; i < count; i++) {
      writer.write(batch, List.of(entry));
      storage.commit(batch);
    }
  }
}
