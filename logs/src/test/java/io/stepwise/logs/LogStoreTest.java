package io.stepwise.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.logs.LogEvent.Place;
import io.stepwise.logs.LogStore.Line;
import io.stepwise.logs.pattern.FilterPattern;
import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is put is found, in order, as long as it is to be kept. */
final class LogStoreTest {
  private static final String GROUP = LogGroup.arn("aws", "us-east-1", "123456789012", "/app");
  private static final Place FIRST = new Place(0, 0);
  private static final Place END = new Place(Long.MAX_VALUE, Long.MAX_VALUE);
  private static final long DAY = 86_400_000L;

  private final InMemoryStorage storage = new InMemoryStorage();
  private long now = 100 * DAY;
  private LogStore store = new LogStore(storage, 1 << 20, () -> now);

  private static List<String> messages(List<LogEvent> events) {
    return events.stream().map(LogEvent::message).toList();
  }

  private List<String> read(String stream) {
    return messages(
        store.read(store.stream(GROUP, stream).orElseThrow(), FIRST, END, true, 10_000));
  }

  private List<String> filter(String pattern) {
    var group = store.group(GROUP).orElseThrow();
    return messages(
        store.filter(group, any -> true, FilterPattern.of(pattern), FIRST, END, 10_000).events());
  }

  private void create(String stream) {
    store.createGroup(GROUP, "STANDARD", null, Map.of());
    store.createStream(GROUP, stream);
  }

  @Test
  void eventsAreInTheOrderOfTheirTimeThenOfTheirArrival() {
    create("s");
    store.put(GROUP, "s", List.of(new Line(20, "c"), new Line(20, "d")));
    store.put(GROUP, "s", List.of(new Line(10, "a"), new Line(10, "b")));

    assertThat(read("s")).containsExactly("a", "b", "c", "d");
    assertThat(filter("")).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aGroupsEventsAreThoseOfAllItsStreamsByTime() {
    create("s");
    store.createStream(GROUP, "t");
    store.put(GROUP, "s", List.of(new Line(1, "one"), new Line(3, "three")));
    store.put(GROUP, "t", List.of(new Line(2, "two")));

    assertThat(filter("")).containsExactly("one", "two", "three");
    assertThat(filter("?two ?three")).containsExactly("two", "three");
  }

  @Test
  void whatIsOfferedMakesItsGroupAndStream() {
    store.offer(GROUP, "s", new Line(5, "hello"));
    store.flush();

    assertThat(read("s")).containsExactly("hello");
    assertThat(store.group(GROUP).orElseThrow().bytes()).isEqualTo(5 + LogEvent.OVERHEAD_BYTES);
  }

  @Test
  void theLastPageIsReadFromTheEnd() {
    create("s");
    store.put(GROUP, "s", List.of(new Line(1, "a"), new Line(2, "b"), new Line(3, "c")));
    var stream = store.stream(GROUP, "s").orElseThrow();

    assertThat(messages(store.read(stream, FIRST, END, false, 2))).containsExactly("b", "c");
  }

  @Test
  void aPageEndsAtAMegabyte() {
    create("s");
    var large = "x".repeat(400_000);
    store.put(GROUP, "s", List.of(new Line(1, large), new Line(2, large), new Line(3, "c")));
    var stream = store.stream(GROUP, "s").orElseThrow();
    store.put(GROUP, "s", List.of(new Line(2, large)));

    assertThat(store.read(stream, FIRST, END, true, 10_000)).hasSizeLessThan(4);
  }

  @Test
  void aFilterThatStopsSaysWhereToGoOn() {
    create("s");
    var lines = new ArrayList<Line>();
    for (var i = 0; i < 10; i++) {
      lines.add(new Line(i, "m" + i));
    }
    store.put(GROUP, "s", lines);
    var group = store.group(GROUP).orElseThrow();

    var page = store.filter(group, any -> true, FilterPattern.ALL, FIRST, END, 4);
    assertThat(messages(page.events())).containsExactly("m0", "m1", "m2", "m3");
    var next = page.next();
    assertThat(next).isNotNull();
    var rest = store.filter(group, any -> true, FilterPattern.ALL, next, END, 40);
    assertThat(messages(rest.events())).startsWith("m4").hasSize(6);
    assertThat(rest.next()).isNull();
  }

  @Test
  void everythingIsThereAfterARestart() {
    create("s");
    store.put(GROUP, "s", List.of(new Line(1, "a")));
    store.changeGroup(GROUP, group -> group.withRetention(7).withTags(Map.of("k", "v")));

    store = new LogStore(storage, 1 << 20, () -> now);

    store.put(GROUP, "s", List.of(new Line(1, "b")));
    assertThat(read("s")).containsExactly("a", "b");
    assertThat(store.group(GROUP).orElseThrow().retentionDays()).isEqualTo(7);
    assertThat(store.group(GROUP).orElseThrow().tags()).containsEntry("k", "v");
    assertThat(store.bytes()).isEqualTo(2 * (1 + LogEvent.OVERHEAD_BYTES));
  }

  @Test
  void whatIsOlderThanItsGroupKeepsItGoes() {
    create("s");
    store.put(GROUP, "s", List.of(new Line(now - 8 * DAY, "old"), new Line(now - DAY, "new")));
    store.changeGroup(GROUP, group -> group.withRetention(7));

    store.trim();

    assertThat(read("s")).containsExactly("new");
    assertThat(store.bytes()).isEqualTo(3 + LogEvent.OVERHEAD_BYTES);
  }

  @Test
  void theOldestGoWhereThereIsNoRoom() {
    var other = LogGroup.arn("aws", "us-east-1", "123456789012", "/other");
    store.offer(other, "o", new Line(1, "oldest of all"));
    store.flush();
    for (var i = 0; i < 3_000; i++) {
      store.offer(GROUP, "s", new Line(10 + i, "x".repeat(1_000)));
    }
    store.flush();

    assertThat(store.bytes()).isLessThanOrEqualTo(1 << 20);
    assertThat(read("s").size()).isBetween(1, 1_100);
    assertThat(store.group(other)).isPresent();
    assertThat(store.stream(other, "o")).as("made by its event, gone with it").isEmpty();
  }

  @Test
  void nothingIsLeftOfAGroupThatWasDeleted() {
    create("s");
    var lines = new ArrayList<Line>();
    for (var i = 0; i < 2_500; i++) {
      lines.add(new Line(i, "m" + i));
    }
    store.put(GROUP, "s", lines);

    assertThat(store.deleteGroup(GROUP)).isTrue();

    assertThat(store.deleteGroup(GROUP)).isFalse();
    assertThat(store.bytes()).isZero();
    assertThat(rowsBesideNumbers(storage)).isZero();
    create("s");
    assertThat(read("s")).isEmpty();
  }

  @Test
  void nothingIsLeftOfAStreamThatWasDeleted() {
    create("s");
    store.createStream(GROUP, "t");
    store.put(GROUP, "s", List.of(new Line(1, "a")));
    store.put(GROUP, "t", List.of(new Line(2, "b")));

    assertThat(store.deleteStream(GROUP, "s")).isTrue();

    assertThat(filter("")).containsExactly("b");
    assertThat(store.bytes()).isEqualTo(1 + LogEvent.OVERHEAD_BYTES);
  }

  @Test
  void theIdOfAnEventTellsItsPlace() {
    var place = new Place(1_764_000_000_123L, 77);

    assertThat(place.id()).hasSize(56);
    assertThat(Place.of(place.id())).contains(place);
    assertThat(Place.of("x")).isEmpty();
    assertThat(Place.of("9".repeat(56))).isEmpty();
  }

  @Test
  void whoOffersNeverWaitsAndWhatIsDroppedIsTold() throws InterruptedException {
    var slow = new SlowStorage();
    store = new LogStore(slow, 1 << 30, () -> now);
    var large = "x".repeat(100_000);
    store.offer(GROUP, "s", new Line(1, "first"));
    slow.reached.await();
    for (var i = 0; i < 400; i++) {
      store.offer(GROUP, "s", new Line(2 + i, large));
    }

    var dropped = store.dropped();
    assertThat(dropped).isBetween(200L, 260L);
    slow.open.countDown();
    store.flush();

    assertThat(filter("\"lines were dropped here\""))
        .containsExactly(
            "Stepwise: "
                + dropped
                + " lines were dropped here: more was logged than could be written.");
    assertThat(store.stream(GROUP, "s").orElseThrow().lastMillis()).isEqualTo(401);
  }

  private static int rowsBesideNumbers(Storage storage) {
    var count = new int[1];
    storage.scan(
        new byte[] {0},
        new byte[] {127},
        (key, value) -> {
          count[0] += key[0] == 'n' ? 0 : 1;
          return true;
        });
    return count[0];
  }

  /** A store whose disk stands still until it is opened. */
  private static final class SlowStorage extends ForwardingStorage {
    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);

    SlowStorage() {
      super(new InMemoryStorage());
    }

    @Override
    public void commit(Batch batch) {
      try {
        reached.countDown();
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      super.commit(batch);
    }
  }
}
