package io.stepwise.storage.codec;

import io.stepwise.expression.Payload;

/** Finds payloads by their home. */
@FunctionalInterface
public interface PayloadSource {
  /** The payload at that home, which must exist. */
  Payload payload(Home home);
}
