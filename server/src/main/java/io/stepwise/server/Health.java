package io.stepwise.server;

import io.stepwise.expression.Json;

/** Whether the server can take requests, and what it is. */
final class Health {
  private enum Phase {
    STARTING,
    READY,
    STOPPING
  }

  private final String storage;
  private volatile Phase phase = Phase.STARTING;

  /** Of a server that starts; {@code storage} is disk or memory. */
  Health(String storage) {
    this.storage = storage;
  }

  void ready() {
    phase = Phase.READY;
  }

  void stopping() {
    phase = Phase.STOPPING;
  }

  boolean isReady() {
    return phase == Phase.READY;
  }

  /** What the health endpoint shows. */
  String json(int queueDepth) {
    return Json.print(
        Json.nodes()
            .objectNode()
            .put("status", word())
            .put("version", Version.TEXT)
            .put("storage", storage)
            .put("queued", queueDepth));
  }

  private String word() {
    return switch (phase) {
      case STARTING -> "starting";
      case READY -> "ok";
      case STOPPING -> "stopping";
    };
  }
}
