package io.stepwise.integration;

import io.stepwise.expression.Payload;
import org.jspecify.annotations.Nullable;

/** How a connector's work went. */
public sealed interface ConnectorOutcome {

  /** It went well. */
  record Success(Payload output) implements ConnectorOutcome {}

  /** It failed, with an error name that a state machine can catch. */
  record Failure(@Nullable String error, @Nullable String cause) implements ConnectorOutcome {}
}
