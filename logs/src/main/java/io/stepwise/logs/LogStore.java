package io.stepwise.logs;

import io.stepwise.logs.LogEvent.Place;
import io.stepwise.logs.LogRows.Stored;
import io.stepwise.logs.pattern.FilterPattern;
import io.stepwise.storage.RowReader;
import io.stepwise.storage.RowWriter;
import io.stepwise.storage.Storage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Groups, streams and events in a store of their own.
 *
 * <pre>
 * offer ─▶ Backlog ─▶ its thread ─┐
 *                                 ├─▶ one change at a time, committed, then visible ─▶ Storage
 * put, create, delete ────────────┘
 * read, filter ─▶ the backlog is written, then read ◀──────────────────────────────── Storage
 * </pre>
 *
 * <p>Groups and streams are in memory as well, events are not. Thread safe; everything but {@link
 * #offer} may wait for the disk.
 *
 * <p>Limits: bytes of all events; beyond them the oldest go first. See docs/decisions.
 */
public final class LogStore implements AutoCloseable {
  /** Most that is read into one page. Source: AWS, GetLogEvents. Units: bytes. */
  static final int PAGE_BYTES_MAX = 1 << 20;

  /** Events that a page of a filter looks at before it ends, whether it has found some or not. */
  private static final int LOOKED_AT_MAX = 100_000;

  /** Events deleted at a time. */
  private static final int PORTION = 1_000;

  /** Most that is committed at a time. Units: bytes. */
  private static final int COMMIT_BYTES_MAX = 1 << 20;

  /** Numbers taken at a time, so that few commits have to say so. */
  private static final long NUMBERS = 1L << 20;

  private final Storage storage;
  private final LongSupplier nowMillis;
  private final long bytesMax;
  private final NavigableMap<String, Held> groups = new ConcurrentSkipListMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final ReentrantLock writing = new ReentrantLock();
  private final Backlog backlog = new Backlog(this::write);
  private long numberNext;
  private long numbersEnd;

  /** A group with its streams. */
  private static final class Held {
    volatile LogGroup group;
    final NavigableMap<String, LogStream> streams = new ConcurrentSkipListMap<>();
    final Map<Long, String> names = new ConcurrentHashMap<>();

    Held(LogGroup group) {
      this.group = group;
    }

    void show(LogStream stream) {
      streams.put(stream.name(), stream);
      names.put(stream.id(), stream.name());
    }

    void hide(LogStream stream) {
      streams.remove(stream.name());
      names.remove(stream.id());
    }
  }

  /**
   * What is to be put.
   *
   * @param millis when it happened. Units: milliseconds since 1970, at least 0
   */
  public record Line(long millis, String message) {}

  /**
   * Reads groups and streams from a store.
   *
   * @param storage belongs to the log store from now on
   * @param bytesMax what all events may take. Units: bytes
   * @param nowMillis the time. Units: milliseconds since 1970
   */
  public LogStore(Storage storage, long bytesMax, LongSupplier nowMillis) {
    this.storage = storage;
    this.bytesMax = bytesMax;
    this.nowMillis = nowMillis;
    var numbers = storage.get(LogRows.numbers());
    this.numberNext = numbers == null ? 1 : new RowReader(numbers).readUnsigned();
    this.numbersEnd = numberNext;
    load();
  }

  private void load() {
    Map<Long, Held> byId = new HashMap<>();
    storage.scan(
        LogRows.first('g'),
        LogRows.first('h'),
        (key, row) -> {
          var held = new Held(LogRows.readGroup(row));
          groups.put(held.group.arn(), held);
          byId.put(held.group.id(), held);
          bytes.addAndGet(held.group.bytes());
          return true;
        });
    storage.scan(
        LogRows.first('s'),
        LogRows.first('t'),
        (key, row) -> {
          var stream = LogRows.readStream(row);
          var held = byId.get(stream.groupId());
          if (held != null) {
            held.show(stream);
          }
          return true;
        });
  }

  // ── Groups and streams ─────────────────────────────────────────────────────────────────────

  /** The group of that ARN, without {@code :*}. */
  public Optional<LogGroup> group(String arn) {
    return Optional.ofNullable(groups.get(arn)).map(held -> held.group);
  }

  /** Whether there are any groups. */
  public boolean hasGroups() {
    return !groups.isEmpty();
  }

  /** Groups by ARN, those with {@code prefix} and after {@code afterArn}; not copied. */
  public Iterable<LogGroup> groups(String prefix, String afterArn) {
    var end = prefix + Character.MAX_VALUE;
    var found =
        afterArn.compareTo(prefix) < 0
            ? groups.subMap(prefix, true, end, false)
            : groups.subMap(afterArn, false, end, false);
    return () -> found.values().stream().map(held -> held.group).iterator();
  }

  /** Makes a group; false where there is one of that ARN. */
  public boolean createGroup(
      String arn, String kind, @Nullable String kmsKeyId, Map<String, String> tags) {
    writing.lock();
    try {
      if (groups.containsKey(arn)) {
        return false;
      }
      var change = new Change();
      change.add(newGroup(arn, kind, kmsKeyId, tags));
      change.commit();
      return true;
    } finally {
      writing.unlock();
    }
  }

  private LogGroup newGroup(
      String arn, String kind, @Nullable String kmsKeyId, Map<String, String> tags) {
    return new LogGroup(number(), arn, nowMillis.getAsLong(), null, kind, kmsKeyId, tags, 0);
  }

  /** Changes a group; false where there is none. */
  public boolean changeGroup(String arn, UnaryOperator<LogGroup> how) {
    writing.lock();
    try {
      var held = groups.get(arn);
      if (held == null) {
        return false;
      }
      var change = new Change();
      change.set(held, how.apply(held.group));
      change.commit();
      return true;
    } finally {
      writing.unlock();
    }
  }

  /** Deletes a group with all that is in it; false where there is none. */
  public boolean deleteGroup(String arn) {
    writing.lock();
    try {
      var held = groups.get(arn);
      if (held == null) {
        return false;
      }
      var batch = storage.newBatch();
      batch.delete(LogRows.group(arn));
      held.streams.values().forEach(stream -> batch.delete(LogRows.stream(stream.id())));
      batch.put(LogRows.deletion(held.group.id(), 0), new byte[0]);
      storage.commit(batch);
      groups.remove(arn);
      bytes.addAndGet(-held.group.bytes());
    } finally {
      writing.unlock();
    }
    deleteRest();
    return true;
  }

  /** A stream of a group. */
  public Optional<LogStream> stream(String arn, String name) {
    return Optional.ofNullable(groups.get(arn)).map(held -> held.streams.get(name));
  }

  /** Streams of a group by name; not copied. */
  public Iterable<LogStream> streams(String arn) {
    var held = groups.get(arn);
    return held == null ? List.of() : Collections.unmodifiableCollection(held.streams.values());
  }

  /** Makes a stream of a group that is there; false where there is one of that name. */
  public boolean createStream(String arn, String name) {
    writing.lock();
    try {
      var held = held(arn);
      if (held.streams.containsKey(name)) {
        return false;
      }
      var change = new Change();
      change.set(held, newStream(held, name, true));
      change.commit();
      return true;
    } finally {
      writing.unlock();
    }
  }

  private LogStream newStream(Held held, String name, boolean stays) {
    return new LogStream(number(), held.group.id(), name, nowMillis.getAsLong(), 0, 0, stays);
  }

  /** Deletes a stream with its events; false where there is none. */
  public boolean deleteStream(String arn, String name) {
    writing.lock();
    try {
      var held = groups.get(arn);
      var stream = held == null ? null : held.streams.get(name);
      if (held == null || stream == null) {
        return false;
      }
      var batch = storage.newBatch();
      batch.delete(LogRows.stream(stream.id()));
      batch.put(LogRows.deletion(held.group.id(), stream.id()), new byte[0]);
      storage.commit(batch);
      held.hide(stream);
    } finally {
      writing.unlock();
    }
    deleteRest();
    return true;
  }

  /** When the first event of a stream happened that is still there. */
  public Optional<Long> firstMillis(LogStream stream) {
    var first = storage.firstKey(LogRows.key('i', stream.id()), LogRows.key('i', stream.id() + 1));
    return Optional.ofNullable(first).map(key -> LogRows.place(key).millis());
  }

  private Held held(String arn) {
    var held = groups.get(arn);
    if (held == null) {
      throw new IllegalStateException("Expected a log group " + arn + ", but there is none");
    }
    return held;
  }

  // ── Putting ────────────────────────────────────────────────────────────────────────────────

  /**
   * Takes a line, and makes group and stream where they are missing. Never waits: where too much
   * waits to be written the line is dropped, and a line of the stream says how many were.
   */
  public void offer(String arn, String stream, Line line) {
    backlog.offer(arn, stream, line);
  }

  /** As {@link #offer}, unless the group is not there: then nothing is written. */
  public void offerIfThere(String arn, String stream, Line line) {
    if (groups.containsKey(arn)) {
      backlog.offer(arn, stream, line);
    }
  }

  /** Puts lines into a stream that is there; they are kept when this returns. */
  public void put(String arn, String stream, List<Line> lines) {
    writing.lock();
    try {
      var held = held(arn);
      var found = held.streams.get(stream);
      if (found == null) {
        throw new IllegalStateException("Expected a stream " + stream + ", but there is none");
      }
      var change = new Change();
      for (var line : lines) {
        change.add(held, found, line);
      }
      change.commit();
    } finally {
      writing.unlock();
    }
    trimToSize();
  }

  /** What was offered before is kept when this returns. */
  public void flush() {
    backlog.writeNow();
  }

  /** Writes what waited; the thread of the backlog, or one that is about to read. */
  private void write(List<Backlog.Waiting> waiting) {
    writing.lock();
    try {
      var change = new Change();
      for (var each : waiting) {
        var held = groups.get(each.arn());
        if (held == null) {
          held = change.add(newGroup(each.arn(), "STANDARD", null, Map.of()));
        }
        var stream = change.stream(held, each.stream());
        if (stream == null) {
          stream = newStream(held, each.stream(), false);
          change.set(held, stream);
        }
        change.add(held, stream, each.line());
        if (change.isLarge()) {
          change.commit();
          change = new Change();
        }
      }
      change.commit();
    } finally {
      writing.unlock();
    }
    trimToSize();
  }

  /** A number that no other group, stream or event has. */
  private long number() {
    if (numberNext == numbersEnd) {
      var end = numbersEnd + NUMBERS;
      var row = new RowWriter(16);
      row.writeUnsigned(end);
      var batch = storage.newBatch();
      batch.put(LogRows.numbers(), row.toBytes());
      storage.commit(batch);
      numbersEnd = end;
    }
    return numberNext++;
  }

  /** What is committed together, and what is visible then. Under the lock. */
  private final class Change {
    private final Storage.Batch batch = storage.newBatch();
    private final Map<String, Held> added = new HashMap<>();
    private final Map<Held, LogGroup> changed = new HashMap<>();
    private final Map<Held, Map<String, LogStream>> streams = new HashMap<>();
    private final long now = nowMillis.getAsLong();

    boolean isLarge() {
      return batch.bytes() > COMMIT_BYTES_MAX;
    }

    Held add(LogGroup group) {
      var held = added.computeIfAbsent(group.arn(), arn -> new Held(group));
      changed.putIfAbsent(held, held.group);
      return held;
    }

    void set(Held held, LogGroup group) {
      changed.put(held, group);
    }

    void set(Held held, LogStream stream) {
      streams.computeIfAbsent(held, any -> new HashMap<>()).put(stream.name(), stream);
    }

    @Nullable LogStream stream(Held held, String name) {
      var changing = streams.getOrDefault(held, Map.of()).get(name);
      return changing == null ? held.streams.get(name) : changing;
    }

    void add(Held held, LogStream stream, Line line) {
      var place = new Place(line.millis(), number());
      batch.put(
          LogRows.event(held.group.id(), place),
          LogRows.row(new Stored(stream.id(), now, line.message())));
      batch.put(LogRows.ofStream(stream.id(), place), new byte[0]);
      var before = stream(held, stream.name());
      set(held, (before == null ? stream : before).after(line.millis(), now));
      var group = changed.getOrDefault(held, held.group);
      changed.put(held, group.withBytes(group.bytes() + LogEvent.bytes(line.message())));
    }

    void commit() {
      changed.forEach((held, group) -> batch.put(LogRows.group(group.arn()), LogRows.row(group)));
      streams.forEach(
          (held, all) ->
              all.values()
                  .forEach(stream -> batch.put(LogRows.stream(stream.id()), LogRows.row(stream))));
      if (batch.size() == 0) {
        return;
      }
      storage.commit(batch);
      streams.forEach((held, all) -> all.values().forEach(held::show));
      changed.forEach(
          (held, group) -> {
            var before = added.containsKey(group.arn()) ? 0 : held.group.bytes();
            bytes.addAndGet(group.bytes() - before);
            held.group = group;
          });
      groups.putAll(added);
    }
  }

  // ── Reading ────────────────────────────────────────────────────────────────────────────────

  /**
   * Events of a stream, by time.
   *
   * @param from the first there may be
   * @param to the first there may not be
   * @param fromHead whether the first of them are read, or the last
   * @param max so many at most, and a page of 1 MB at most
   */
  public List<LogEvent> read(LogStream stream, Place from, Place to, boolean fromHead, int max) {
    flush();
    List<LogEvent> found = new ArrayList<>();
    var size = new long[1];
    Storage.Visitor visitor =
        (key, value) -> {
          var place = LogRows.place(key);
          var row = storage.get(LogRows.event(stream.groupId(), place));
          if (row == null) {
            return true; // deleted meanwhile
          }
          var event = event(stream.name(), place, LogRows.readEvent(row));
          size[0] += LogEvent.bytes(event.message());
          if (!found.isEmpty() && size[0] > PAGE_BYTES_MAX) {
            return false;
          }
          found.add(event);
          return found.size() < max;
        };
    var low = LogRows.ofStream(stream.id(), from);
    var high = LogRows.ofStream(stream.id(), to);
    if (fromHead) {
      storage.scan(low, high, visitor);
      return found;
    }
    storage.scanBackwards(low, high, visitor);
    return found.reversed();
  }

  private static LogEvent event(String stream, Place place, Stored stored) {
    return new LogEvent(place, stream, stored.ingestionMillis(), stored.message());
  }

  /**
   * Some of the events that were looked for.
   *
   * @param next where to go on; null where nothing is left
   */
  public record Found(List<LogEvent> events, @Nullable Place next) {}

  /**
   * Events of a group that a pattern matches, by time. What it finds may be less than there is: it
   * ends after so many bytes, or so many events that it looked at.
   *
   * @param streams those of which streams
   * @param from the first there may be
   * @param to the first there may not be
   * @param max so many at most
   */
  public Found filter(
      LogGroup group,
      Predicate<String> streams,
      FilterPattern pattern,
      Place from,
      Place to,
      int max) {
    flush();
    var held = groups.get(group.arn());
    if (held == null) {
      return new Found(List.of(), null);
    }
    var filter = new Filtering(held, streams, pattern, max);
    storage.scan(LogRows.event(group.id(), from), LogRows.event(group.id(), to), filter::visit);
    return new Found(filter.found, filter.next);
  }

  /** A filter on its way through a group. */
  private static final class Filtering {
    private final Held held;
    private final Predicate<String> streams;
    private final FilterPattern pattern;
    private final int max;
    private final List<LogEvent> found = new ArrayList<>();
    private long size;
    private int lookedAt;
    private @Nullable Place next;

    Filtering(Held held, Predicate<String> streams, FilterPattern pattern, int max) {
      this.held = held;
      this.streams = streams;
      this.pattern = pattern;
      this.max = max;
    }

    boolean visit(byte[] key, byte[] value) {
      var place = LogRows.place(key);
      if (found.size() >= max || size > PAGE_BYTES_MAX || lookedAt >= LOOKED_AT_MAX) {
        next = place;
        return false;
      }
      lookedAt++;
      var stored = LogRows.readEvent(value);
      var stream = held.names.get(stored.streamId());
      if (stream != null && streams.test(stream) && pattern.matches(stored.message())) {
        found.add(event(stream, place, stored));
        size += LogEvent.bytes(stored.message());
      }
      return true;
    }
  }

  // ── What has to go ─────────────────────────────────────────────────────────────────────────

  /** What all events take. Units: bytes. */
  public long bytes() {
    return bytes.get();
  }

  /** Lines that were dropped, since the start. */
  public long dropped() {
    return backlog.dropped();
  }

  /** Deletes what is older than its group keeps it, and what a crash left to be deleted. */
  public void trim() {
    deleteRest();
    for (var held : groups.values()) {
      var days = held.group.retentionDays();
      if (days != null) {
        var before = nowMillis.getAsLong() - days * 86_400_000L;
        var more = true;
        while (more) { // a portion at a time: others may write in between
          more = deleteOldest(held, before);
        }
      }
    }
    trimToSize();
  }

  /** Deletes the oldest events until there is room. */
  private void trimToSize() {
    if (bytes.get() <= bytesMax) {
      return;
    }
    var target = bytesMax - bytesMax / 64;
    while (bytes.get() > target) {
      var oldest = oldest();
      if (oldest == null || !deleteOldest(oldest, Long.MAX_VALUE)) {
        return;
      }
    }
  }

  private @Nullable Held oldest() {
    @Nullable Held oldest = null;
    var millis = Long.MAX_VALUE;
    for (var held : groups.values()) {
      var id = held.group.id();
      var first = storage.firstKey(LogRows.key('e', id), LogRows.key('e', id + 1));
      if (first != null && LogRows.place(first).millis() < millis) {
        millis = LogRows.place(first).millis();
        oldest = held;
      }
    }
    return oldest;
  }

  /** Deletes a portion of the oldest events of a group; whether there were some. */
  private boolean deleteOldest(Held held, long beforeMillis) {
    writing.lock();
    try {
      var id = held.group.id();
      var end =
          beforeMillis == Long.MAX_VALUE
              ? LogRows.key('e', id + 1)
              : LogRows.key('e', id, Math.max(0, beforeMillis));
      return delete(held, LogRows.key('e', id), end);
    } finally {
      writing.unlock();
    }
  }

  private boolean delete(Held held, byte[] from, byte[] to) {
    var batch = storage.newBatch();
    var freed = new long[1];
    Set<Long> touched = new HashSet<>();
    storage.scan(
        from,
        to,
        (key, value) -> {
          var stored = LogRows.readEvent(value);
          batch.delete(key);
          batch.delete(LogRows.ofStream(stored.streamId(), LogRows.place(key)));
          freed[0] += LogEvent.bytes(stored.message());
          touched.add(stored.streamId());
          return batch.size() < 2 * PORTION;
        });
    if (batch.size() == 0) {
      return false;
    }
    var group = held.group.withBytes(Math.max(0, held.group.bytes() - freed[0]));
    var isThere = groups.get(group.arn()) == held;
    if (isThere) {
      batch.put(LogRows.group(group.arn()), LogRows.row(group));
    }
    storage.commit(batch);
    if (isThere) {
      bytes.addAndGet(group.bytes() - held.group.bytes());
    }
    held.group = group;
    touched.forEach(stream -> dropIfEmpty(held, stream));
    return true;
  }

  /** A stream that its first event made goes with its last. */
  private void dropIfEmpty(Held held, long streamId) {
    var name = held.names.get(streamId);
    var stream = name == null ? null : held.streams.get(name);
    if (stream != null && !stream.stays() && firstMillis(stream).isEmpty()) {
      var batch = storage.newBatch();
      batch.delete(LogRows.stream(streamId));
      storage.commit(batch);
      held.hide(stream);
    }
  }

  /** Deletes the events of groups and streams that are gone. */
  private void deleteRest() {
    List<byte[]> rows = new ArrayList<>();
    storage.scan(LogRows.first('d'), LogRows.first('e'), (key, value) -> rows.add(key));
    for (var row : rows) {
      var groupId = LogRows.number(row, 0);
      var streamId = LogRows.number(row, 1);
      var more = true;
      while (more) {
        more =
            streamId == 0 ? deleteEventsOfGroup(groupId) : deleteEventsOfStream(groupId, streamId);
      }
      var batch = storage.newBatch();
      batch.delete(row);
      storage.commit(batch);
    }
  }

  private boolean deleteEventsOfGroup(long groupId) {
    writing.lock();
    try {
      var gone = new Held(new LogGroup(groupId, "", 0, null, "", null, Map.of(), 0));
      return delete(gone, LogRows.key('e', groupId), LogRows.key('e', groupId + 1));
    } finally {
      writing.unlock();
    }
  }

  private boolean deleteEventsOfStream(long groupId, long streamId) {
    writing.lock();
    try {
      var batch = storage.newBatch();
      var freed = new long[1];
      storage.scan(
          LogRows.key('i', streamId),
          LogRows.key('i', streamId + 1),
          (key, value) -> {
            var event = LogRows.event(groupId, LogRows.place(key));
            var row = storage.get(event);
            if (row != null) {
              freed[0] += LogEvent.bytes(LogRows.readEvent(row).message());
            }
            batch.delete(key);
            batch.delete(event);
            return batch.size() < 2 * PORTION;
          });
      if (batch.size() == 0) {
        return false;
      }
      for (var held : groups.values()) {
        if (held.group.id() == groupId) {
          var group = held.group.withBytes(Math.max(0, held.group.bytes() - freed[0]));
          batch.put(LogRows.group(group.arn()), LogRows.row(group));
          bytes.addAndGet(group.bytes() - held.group.bytes());
          held.group = group;
        }
      }
      storage.commit(batch);
      return true;
    } finally {
      writing.unlock();
    }
  }

  /** Writes what waits and closes the store. */
  @Override
  public void close() {
    backlog.close();
    storage.close();
  }
}
