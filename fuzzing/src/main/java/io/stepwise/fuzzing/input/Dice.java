package io.stepwise.fuzzing.input;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** The only source of chance: the same seed throws the same. Not for several threads. */
public final class Dice {
  private final SplittableRandom random;

  /** Dice of a seed. */
  public Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The dice of one case of a run. */
  public static Dice of(long seed, long number) {
    return new Dice(new SplittableRandom(seed).nextLong() ^ (number * 0x9E3779B97F4A7C15L));
  }

  /** A number from 0 to {@code bound - 1}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number of both bounds and between. */
  public int between(int least, int greatest) {
    return random.nextInt(least, greatest + 1);
  }

  /** True {@code percent} times in a hundred. */
  public boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** One of several, each as likely. */
  @SafeVarargs
  public final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** One of several, each as likely. */
  public <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** What one of several makes, each as likely. */
  @SafeVarargs
  public final <T> T from(Supplier<? extends T>... choices) {
    return choices[random.nextInt(choices.length)].get();
  }
}
