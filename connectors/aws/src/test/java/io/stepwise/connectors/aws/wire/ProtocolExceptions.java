package io.stepwise.connectors.aws.wire;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The protocol cases that go another way here, and why. */
final class ProtocolExceptions {
  private static final Map<String, String> REASONS = Map.ofEntries(Map.entry("x", "x"));

  private ProtocolExceptions() {}

  static Optional<String> reason(String id) {
    return Optional.ofNullable(REASONS.get(id));
  }

  static Set<String> ids() {
    return REASONS.keySet();
  }
}
