package io.stepwise.jsonata;

/** Where an evaluation takes time and chance from, so that it is a function of its arguments. */
public interface Moment {
  /** The instant of {@code $now()} and {@code $millis()}. Units: milliseconds since 1970. */
  long epochMillis();

  /** 64 random bits. */
  long nextLong();

  /** A random number, at least 0 and below 1. */
  default double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** A random UUID, version 4. */
  String nextUuid();
}
