package io.stepwise.storage.execution;

import io.stepwise.expression.Payload;

/** Finds payloads by their home. */
@FunctionalInterface
interface PayloadSource {
  /** The payload at that home, which must exist. */
  Payload payload(Home home);
}
