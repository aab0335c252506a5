package io.stepwise.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Storage} promises. Each implementation runs it by a subclass. */
public abstract class StorageContractTest {
  private Storage storage;

  /** With no store yet; each test opens its own. */
  @SuppressWarnings("NullAway.Init")
  protected StorageContractTest() {}

  /** Opens an empty store. */
  protected abstract Storage open();

  /** Opens the store of this test again, after it was closed. */
  protected abstract Storage reopen();

  /** Whether what was committed outlives {@link Storage#close}. */
  protected abstract boolean isDurable();

  @BeforeEach
  final void openStorage() {
    storage = open();
  }

  @AfterEach
  final void closeStorage() {
    storage.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void put(String... keysAndValues) {
    var batch = storage.newBatch();
    for (var i = 0; i < keysAndValues.length; i += 2) {
      batch.put(bytes(keysAndValues[i]), bytes(keysAndValues[i + 1]));
    }
    storage.commit(batch);
  }

  private List<String> scan(String from, String to, boolean backwards, int max) {
    var rows = new ArrayList<String>();
    Storage.Visitor visitor =
        (key, value) -> {
          rows.add(new String(key, StandardCharsets.UTF_8));
          return rows.size() < max;
        };
    if (backwards) {
      storage.scanBackwards(bytes(from), bytes(to), visitor);
    } else {
      storage.scan(bytes(from), bytes(to), visitor);
    }
    return rows;
  }

  @Test
  void returnsWhatWasCommitted() {
    put("a", "1", "b", "");

    assertThat(storage.get(bytes("a"))).isEqualTo(bytes("1"));
    assertThat(storage.get(bytes("b"))).isEmpty();
    assertThat(storage.get(bytes("c"))).isNull();
  }

  @Test
  void knowsTheFirstAndTheLastKeyOfARange() {
    put("a", "1", "b", "", "c", "3");

    assertThat(storage.firstKey(bytes("a1"), bytes("d"))).isEqualTo(bytes("b"));
    assertThat(storage.lastKey(bytes("a"), bytes("c"))).isEqualTo(bytes("b"));
    assertThat(storage.firstKey(bytes("d"), bytes("e"))).isNull();
    assertThat(storage.lastKey(bytes("d"), bytes("e"))).isNull();
  }

  @Test
  void showsNothingBeforeTheCommit() {
    var batch = storage.newBatch();
    batch.put(bytes("a"), bytes("1"));

    assertThat(batch.size()).isEqualTo(1);
    assertThat(storage.get(bytes("a"))).isNull();
    assertThat(scan("a", "b", false, 9)).isEmpty();
  }

  @Test
  void commitClearsTheBatch() {
    var batch = storage.newBatch();
    batch.put(bytes("a"), bytes("1"));
    storage.commit(batch);
    assertThat(batch.size()).isZero();

    batch.put(bytes("b"), bytes("2"));
    storage.commit(batch);

    assertThat(scan("a", "z", false, 9)).containsExactly("a", "b");
  }

  @Test
  void droppedChangesAreNotCommitted() {
    var batch = storage.newBatch();
    batch.put(bytes("a"), bytes("1"));
    batch.clear();
    storage.commit(batch);

    assertThat(storage.get(bytes("a"))).isNull();
  }

  @Test
  void laterChangesOfABatchWin() {
    put("a", "0", "b", "0");
    var batch = storage.newBatch();
    batch.delete(bytes("a"));
    batch.put(bytes("a"), bytes("1"));
    batch.put(bytes("b"), bytes("1"));
    batch.delete(bytes("b"));
    batch.delete(bytes("never there"));
    storage.commit(batch);

    assertThat(storage.get(bytes("a"))).isEqualTo(bytes("1"));
    assertThat(storage.get(bytes("b"))).isNull();
  }

  @Test
  void rangeIsRemovedFromIncludedToExcludedAsItIsAtThatPlaceOfTheBatch() {
    put("a", "0", "b", "0", "c", "0", "d", "0");
    var batch = storage.newBatch();
    batch.put(bytes("bb"), bytes("1"));
    batch.deleteRange(bytes("b"), bytes("d"));
    batch.put(bytes("c"), bytes("1"));
    batch.mark();
    batch.deleteRange(bytes("a"), bytes("z"));
    batch.rollBack();
    storage.commit(batch);

    assertThat(scan("a", "z", false, 9)).containsExactly("a", "c", "d");
    assertThat(storage.get(bytes("c"))).isEqualTo(bytes("1"));
  }

  @Test
  void scansFromIncludedToExcluded() {
    put("a", "", "b", "", "c", "", "d", "");

    assertThat(scan("b", "d", false, 9)).containsExactly("b", "c");
    assertThat(scan("b", "d", true, 9)).containsExactly("c", "b");
    assertThat(scan("aa", "cc", false, 9)).containsExactly("b", "c");
    assertThat(scan("x", "z", true, 9)).isEmpty();
  }

  @Test
  void stopsWhenTheVisitorHasSeenEnough() {
    put("a", "", "b", "", "c", "");

    assertThat(scan("a", "z", false, 2)).containsExactly("a", "b");
    assertThat(scan("a", "z", true, 2)).containsExactly("c", "b");
  }

  @Test
  void ordersKeysAsUnsignedBytes() {
    var batch = storage.newBatch();
    batch.put(new byte[] {1, (byte) 0x80}, new byte[0]);
    batch.put(new byte[] {1, 0x7f}, new byte[0]);
    batch.put(new byte[] {1}, new byte[0]);
    batch.put(new byte[] {1, (byte) 0xff, 0}, new byte[0]);
    storage.commit(batch);

    var keys = new ArrayList<byte[]>();
    storage.scan(new byte[] {1}, new byte[] {2}, (key, value) -> keys.add(key));

    assertThat(keys)
        .containsExactly(
            new byte[] {1},
            new byte[] {1, 0x7f},
            new byte[] {1, (byte) 0x80},
            new byte[] {1, (byte) 0xff, 0});
  }

  @Test
  void agreesWithASortedMapWhateverIsDone() {
    var random = new SplittableRandom(42);
    var model = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
    for (var round = 0; round < 200; round++) {
      var batch = storage.newBatch();
      for (var change = random.nextInt(20); change > 0; change--) {
        var key = new byte[] {(byte) random.nextInt(4), (byte) random.nextInt(256)};
        if (random.nextInt(20) == 0) {
          var to = new byte[] {key[0], (byte) 0xff};
          batch.deleteRange(key, to);
          model.subMap(key, to).clear();
        } else if (random.nextInt(3) == 0) {
          batch.delete(key);
          model.remove(key);
        } else {
          var value = new byte[random.nextInt(50)];
          random.nextBytes(value);
          batch.put(key, value);
          model.put(key, value);
        }
      }
      storage.commit(batch);
      var from = new byte[] {(byte) random.nextInt(4), (byte) random.nextInt(256)};
      var to = new byte[] {5};
      var seen = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
      storage.scan(from, to, (key, value) -> seen.put(key, value) == null);
      assertThat(text(seen)).isEqualTo(text(model.subMap(from, to)));
    }
  }

  /** Rows as text, since arrays are equal only to themselves. */
  private static List<String> text(Map<byte[], byte[]> rows) {
    return rows.entrySet().stream()
        .map(row -> Arrays.toString(row.getKey()) + Arrays.toString(row.getValue()))
        .toList();
  }

  @Test
  void keepsWhatWasCommittedWhenItIsClosed() {
    if (!isDurable()) {
      return;
    }
    put("a", "1");
    var open = storage.newBatch();
    open.put(bytes("b"), bytes("2"));

    storage.close();
    storage = reopen();

    assertThat(storage.get(bytes("a"))).isEqualTo(bytes("1"));
    assertThat(storage.get(bytes("b"))).isNull();
  }

  @Test
  void whatIsRolledBackIsNotCommitted() {
    var batch = storage.newBatch();
    batch.put(bytes("a"), bytes("1"));
    batch.mark();
    batch.put(bytes("b"), bytes("2"));
    batch.mark();
    batch.delete(bytes("a"));
    batch.put(bytes("c"), bytes("3"));

    batch.rollBack();

    assertThat(batch.size()).isEqualTo(2);
    storage.commit(batch);
    assertThat(scan("a", "z", false, 9)).containsExactly("a", "b");
    batch.mark();
    batch.put(bytes("d"), bytes("4"));
    storage.commit(batch);
    assertThat(scan("a", "z", false, 9)).containsExactly("a", "b", "d");
  }

  @Test
  void bytesOfABatchGrowAndAreGoneAfterTheCommit() {
    var batch = storage.newBatch();
    var empty = batch.bytes();

    batch.put(bytes("a"), new byte[10_000]);

    assertThat(batch.bytes()).isBetween(10_000L, 11_000L);
    storage.commit(batch);
    assertThat(batch.bytes()).isEqualTo(empty);
  }

  @Test
  void keepsKeysAndValuesOfAnyLength() {
    var lengths = List.of(1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152);
    for (var round = 0; round < 2; round++) {
      var batch = storage.newBatch();
      for (var length : lengths) {
        batch.put(filled(length, 'k'), filled(length, (char) ('a' + round)));
      }
      batch.put(bytes("empty"), new byte[0]);
      storage.commit(batch);

      for (var length : lengths) {
        assertThat(storage.get(filled(length, 'k')))
            .isEqualTo(filled(length, (char) ('a' + round)));
      }
      assertThat(storage.get(bytes("empty"))).isEmpty();
    }

    var batch = storage.newBatch();
    lengths.forEach(length -> batch.delete(filled(length, 'k')));
    storage.commit(batch);

    assertThat(scan("a", "z", false, 99)).containsExactly("empty");
  }

  private static byte[] filled(int length, char with) {
    var filled = new byte[length];
    Arrays.fill(filled, (byte) with);
    return filled;
  }

  @Test
  void aCursorSeesTheRowsAsTheyWere() {
    put("a", "1", "b", "2", "d", "4");
    try (var cursor = storage.cursor(bytes("a"), bytes("d"))) {
      put("c", "3", "b", "changed");

      assertThat(cursor.next()).isTrue();
      assertThat(cursor.key()).asString().isEqualTo("a");
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.key()).asString().isEqualTo("b");
      assertThat(cursor.value()).asString().isEqualTo("2");
      assertThat(cursor.next()).isFalse();
      assertThat(cursor.next()).isFalse();
    }
  }
}
