package io.stepwise.server.monitoring;

import java.util.Arrays;
import java.util.Optional;

/** How far back figures are asked for, and how fine. */
enum Range {
  HOUR("1h", Ring.MINUTES, 60),
  THREE_HOURS("3h", Ring.MINUTES, 180),
  TWELVE_HOURS("12h", Ring.FIVE_MINUTES, 144),
  DAY("1d", Ring.FIVE_MINUTES, 288),
  THREE_DAYS("3d", Ring.HOURS, 72),
  WEEK("1w", Ring.HOURS, 168),
  TWO_WEEKS("2w", Ring.HOURS, 336);

  final String text;
  final Ring ring;
  final int points;

  Range(String text, Ring ring, int points) {
    this.text = text;
    this.ring = ring;
    this.points = points;
  }

  /** The range of that name. */
  static Optional<Range> of(String text) {
    return Arrays.stream(values()).filter(range -> range.text.equals(text)).findFirst();
  }

  /**
   * Spans of one length, used over and over.
   *
   * <pre>
   * header │ 192 minutes │ 300 × 5 minutes │ 340 hours
   * </pre>
   */
  enum Ring {
    MINUTES(60, 192, 0),
    FIVE_MINUTES(300, 300, 192),
    HOURS(3_600, 340, 492);

    final int seconds;
    final int slots;
    private final int slotsBefore;

    Ring(int seconds, int slots, int slotsBefore) {
      this.seconds = seconds;
      this.slots = slots;
      this.slotsBefore = slotsBefore;
    }

    /** When the span began that a second is in. */
    long begin(long second) {
      return second - Math.floorMod(second, (long) seconds);
    }

    /** The slot of the span that begins then, among all slots of a series. */
    int slot(long begin) {
      return slotsBefore + (int) Math.floorMod(begin / seconds, (long) slots);
    }
  }
}
