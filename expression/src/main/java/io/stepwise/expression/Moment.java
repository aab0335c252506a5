package io.stepwise.expression;

import io.stepwise.jsonata.Pace;
import java.time.Instant;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The instant and the random seed stamped on a command when it was accepted.
 *
 * <p>{@code $now()}, {@code States.UUID()}, {@code States.MathRandom} and retry jitter draw from
 * it, so a decision is a function of its arguments. Not thread safe: one decision owns one moment.
 */
public final class Moment implements io.stepwise.jsonata.Moment {
  private final Instant instant;
  private final long seed;
  private final Pace pace;
  private @Nullable SplittableRandom random;

  /** A moment at {@code instant} whose random numbers follow from {@code seed}. */
  public Moment(Instant instant, long seed) {
    this(instant, seed, Pace.NONE);
  }

  /** As above, with somebody who hears how the evaluations of the decision get on. */
  public Moment(Instant instant, long seed, Pace pace) {
    this.instant = Objects.requireNonNull(instant);
    this.seed = seed;
    this.pace = pace;
  }

  /** When the command was accepted. */
  public Instant instant() {
    return instant;
  }

  /** What the random numbers follow from. */
  public long seed() {
    return seed;
  }

  /** Who hears how the evaluations of the decision get on. */
  public Pace pace() {
    return pace;
  }

  @Override
  public long epochMillis() {
    return instant.toEpochMilli();
  }

  /** The next random 64 bits of this decision. */
  @Override
  public long nextLong() {
    var source = random;
    if (source == null) {
      source = new SplittableRandom(seed);
      random = source;
    }
    return source.nextLong();
  }

  /** The next random UUID, version 4. */
  @Override
  public String nextUuid() {
    var high = (nextLong() & 0xffffffffffff0fffL) | 0x4000L;
    var low = (nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new java.util.UUID(high, low).toString();
  }
}
