package io.stepwise.jsonata;

import java.util.SplittableRandom;
import java.util.UUID;

/** A moment of tests: always the same instant, numbers from a seed. */
public final class TestMoment implements Moment {
  private final SplittableRandom random = new SplittableRandom(1);

  @Override
  public long epochMillis() {
    return 1_767_323_045_678L;
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  @Override
  public String nextUuid() {
    return new UUID(nextLong() & ~0xf000L | 0x4000L, nextLong() >>> 2 | Long.MIN_VALUE).toString();
  }
}
