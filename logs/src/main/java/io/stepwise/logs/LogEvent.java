package io.stepwise.logs;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * One line.
 *
 * @param place where it stands among others
 * @param stream name of the stream it is in
 * @param ingestionMillis when it was put. Units: milliseconds since 1970
 */
public record LogEvent(Place place, String stream, long ingestionMillis, String message) {
  /** What an event counts for besides its message. Source: AWS, PutLogEvents. Units: bytes. */
  public static final int OVERHEAD_BYTES = 26;

  public LogEvent {
    Objects.requireNonNull(place);
    Objects.requireNonNull(message);
  }

  /** When it happened. Units: milliseconds since 1970. */
  public long timestampMillis() {
    return place.millis();
  }

  /** What an event with that message counts for. Units: bytes. */
  public static int bytes(String message) {
    return message.getBytes(StandardCharsets.UTF_8).length + OVERHEAD_BYTES;
  }

  /**
   * Where an event stands: by time, then in the order of putting. No two events have the same.
   *
   * @param millis when it happened. Units: milliseconds since 1970
   */
  public record Place(long millis, long sequence) {
    private static final int DIGITS = 56;

    /** As an event's id: digits, in the order of places. */
    public String id() {
      var id = BigInteger.valueOf(millis).shiftLeft(64).or(BigInteger.valueOf(sequence)).toString();
      return "0".repeat(DIGITS - id.length()) + id;
    }

    /** The place that an id tells; empty where it tells none. */
    public static Optional<Place> of(String id) {
      if (!id.matches("[0-9]{" + DIGITS + "}")) {
        return Optional.empty();
      }
      var number = new BigInteger(id);
      var millis = number.shiftRight(64);
      var sequence = number.and(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));
      return millis.bitLength() < 64 && sequence.bitLength() < 64
          ? Optional.of(new Place(millis.longValue(), sequence.longValue()))
          : Optional.empty();
    }
  }
}
