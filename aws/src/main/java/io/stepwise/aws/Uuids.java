package io.stepwise.aws;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** UUIDs that name things without being secrets, without the lock of a secure random. */
public final class Uuids {
  private Uuids() {}

  /** A random UUID (version 4). */
  public static String random() {
    var random = ThreadLocalRandom.current();
    var high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
    var low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
