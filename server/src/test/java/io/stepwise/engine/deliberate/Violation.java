package io.stepwise.engine.deliberate;

import io.stepwise.storage.StorageFault;
import java.time.Instant;

/** Breaks two rules: the engine uses storage, and reads the clock. */
public final class Violation {
  private Violation() {}

  /** Never called. */
  public static StorageFault now() {
    return new StorageFault("SW-TEST", Instant.now().toString());
  }
}
