package io.stepwise.server.monitoring;

import io.stepwise.server.monitoring.Range.Ring;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The figures of one state machine, or of all, over the last 14 days. Not thread safe.
 *
 * <p>A region of {@value #BYTES} bytes: a header, then slots of spans (see {@link Ring}), each with
 * a checksum and the time it is of. What was not written whole counts as nothing was.
 *
 * <p>Limits: {@value #INTEGRATIONS} integrations are told apart; further ones count together as
 * {@value #OTHERS}.
 */
final class Series {
  /** How much a series takes at most. */
  static final int BYTES = 8_192 + (192 + 300 + 340) * 560;

  /** The integrations that are not told apart. */
  static final String OTHERS = "others";

  private static final int MAGIC = 0x5357_4D31; // SWM1
  private static final int HEADER_BYTES = 8_192;
  private static final int SLOT_BYTES = 560;
  private static final int INTEGRATIONS = 16;

  private final Region region;
  private final String name;
  private final List<String> integrations = new ArrayList<>();
  private Billed billed = new Billed(0, 0);
  private long lastSecond;

  /** Transitions that AWS would bill in a month, counted as year × 12 + month. */
  private record Billed(int month, long transitions) {}

  private Series(Region region, String name) {
    this.region = region;
    this.name = name;
  }

  /** One with nothing in it. */
  static Series begin(Region region, String name) {
    return new Series(region, name);
  }

  /** What a region has in it; empty where it is no series, or was not written whole. */
  static Optional<Series> read(Region region) throws IOException {
    ByteBuffer header;
    try (var session = region.open()) {
      header = session.read(0, HEADER_BYTES);
    }
    if (header.getInt() != checksum(header) || header.getInt() != MAGIC) {
      return Optional.empty();
    }
    var series = new Series(region, text(header));
    series.lastSecond = header.getLong();
    series.billed = new Billed(header.getInt(), header.getLong());
    for (var left = header.getInt(); left > 0; left--) {
      series.integrations.add(text(header));
    }
    return Optional.of(series);
  }

  /** Whose figures these are. */
  String name() {
    return name;
  }

  /** The last second of which something was counted, since 1970. */
  long lastSecond() {
    return lastSecond;
  }

  /** Transitions billed in the month that an instant is in, by UTC. */
  long billedIn(Instant instant) {
    return billed.month() == month(instant.getEpochSecond()) ? billed.transitions() : 0;
  }

  /**
   * Adds what was counted at a time.
   *
   * @param second since 1970
   * @param isBilled whether AWS would bill the transitions
   */
  void add(long second, Bucket counted, boolean isBilled) throws IOException {
    lastSecond = Math.max(lastSecond, second);
    var month = month(second);
    if (isBilled && month >= billed.month()) {
      var before = month == billed.month() ? billed.transitions() : 0;
      billed = new Billed(month, before + counted.transitions);
    }
    counted.tasks.keySet().forEach(this::indexOf);
    try (var session = region.open()) {
      session.write(0, header()); // first: it says what the numbers of integrations mean
      for (var ring : Ring.values()) {
        add(session, ring, ring.begin(second), counted);
      }
    }
  }

  private void add(Region.Session session, Ring ring, long begin, Bucket counted)
      throws IOException {
    var at = HEADER_BYTES + (long) ring.slot(begin) * SLOT_BYTES;
    var slot = session.read(at, SLOT_BYTES);
    var written = writtenAt(slot);
    if (written > begin) {
      return; // so late that its slot is used anew
    }
    var all = written == begin ? bucket(slot) : new Bucket();
    all.add(counted);
    session.write(at, slot(begin, all));
  }

  /** The figures of a range that ends with the span a second is in; the oldest first. */
  List<Bucket> read(Range range, long untilSecond) throws IOException {
    return read(range.ring, range.points, untilSecond);
  }

  /** The figures of so many spans, the last of them that which a second is in. */
  List<Bucket> read(Ring ring, int points, long untilSecond) throws IOException {
    var buckets = new ArrayList<Bucket>(points);
    try (var session = region.open()) {
      var begin = ring.begin(untilSecond) - (points - 1L) * ring.seconds;
      for (var i = 0; i < points; i++, begin += ring.seconds) {
        var at = HEADER_BYTES + (long) ring.slot(begin) * SLOT_BYTES;
        var slot = session.read(at, SLOT_BYTES);
        buckets.add(writtenAt(slot) == begin ? bucket(slot) : new Bucket());
      }
    }
    return buckets;
  }

  /** It is not needed any more. */
  void delete() throws IOException {
    region.delete();
  }

  /** When the span of a slot began; −1 where there is none. Leaves the buffer behind it. */
  private static long writtenAt(ByteBuffer slot) {
    var checksum = slot.getInt();
    var begin = slot.getLong();
    return begin > 0 && checksum == checksum(slot) ? begin : -1;
  }

  private Bucket bucket(ByteBuffer from) {
    var bucket = new Bucket();
    bucket.started = from.getInt();
    bucket.succeeded = from.getInt();
    bucket.failed = from.getInt();
    bucket.timedOut = from.getInt();
    bucket.aborted = from.getInt();
    bucket.redriven = from.getInt();
    bucket.transitions = from.getLong();
    bucket.durations.read(from);
    for (var i = 0; i < INTEGRATIONS; i++) {
      var succeeded = from.getInt();
      var failed = from.getInt();
      if ((succeeded > 0 || failed > 0) && i < integrations.size()) {
        var tasks = bucket.tasksOf(integrations.get(i));
        tasks.succeeded = succeeded;
        tasks.failed = failed;
      }
    }
    return bucket;
  }

  private ByteBuffer slot(long begin, Bucket bucket) {
    var slot = ByteBuffer.allocate(SLOT_BYTES);
    slot.putInt(0).putLong(begin);
    slot.putInt(bucket.started)
        .putInt(bucket.succeeded)
        .putInt(bucket.failed)
        .putInt(bucket.timedOut)
        .putInt(bucket.aborted)
        .putInt(bucket.redriven)
        .putLong(bucket.transitions);
    bucket.durations.write(slot);
    var tasks = new int[2 * INTEGRATIONS];
    bucket.tasks.forEach(
        (integration, counted) -> {
          var i = 2 * indexOf(integration);
          tasks[i] = Bucket.sum(tasks[i], counted.succeeded);
          tasks[i + 1] = Bucket.sum(tasks[i + 1], counted.failed);
        });
    for (var count : tasks) {
      slot.putInt(count);
    }
    return sealed(slot);
  }

  private int indexOf(String integration) {
    var known = integrations.indexOf(integration);
    if (known >= 0) {
      return known;
    }
    if (integrations.size() >= INTEGRATIONS - 1) {
      if (integrations.size() < INTEGRATIONS) {
        integrations.add(OTHERS);
      }
      return INTEGRATIONS - 1;
    }
    integrations.add(integration);
    return integrations.size() - 1;
  }

  private ByteBuffer header() {
    var header = ByteBuffer.allocate(HEADER_BYTES);
    header.putInt(0).putInt(MAGIC);
    put(header, name);
    header.putLong(lastSecond).putInt(billed.month()).putLong(billed.transitions());
    header.putInt(integrations.size());
    integrations.forEach(integration -> put(header, integration));
    return sealed(header);
  }

  private static ByteBuffer sealed(ByteBuffer buffer) {
    return buffer.putInt(0, checksum(buffer)).clear();
  }

  /** Of all behind the checksum. */
  private static int checksum(ByteBuffer buffer) {
    var crc = new CRC32();
    crc.update(buffer.slice(Integer.BYTES, buffer.capacity() - Integer.BYTES));
    return (int) crc.getValue();
  }

  private static void put(ByteBuffer to, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    to.putInt(bytes.length).put(bytes);
  }

  private static String text(ByteBuffer from) {
    var bytes = new byte[from.getInt()];
    from.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int month(long second) {
    var month = YearMonth.from(Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC));
    return month.getYear() * 12 + month.getMonthValue() - 1;
  }
}
