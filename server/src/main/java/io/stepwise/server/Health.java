package io.stepwise.server;

/** Whether the server can take requests. */
final class Health {
  private enum Phase {
    STARTING,
    READY,
    STOPPING
  }

  private volatile Phase phase = Phase.STARTING;

  void ready() {
    phase = Phase.READY;
  }

  void stopping() {
    phase = Phase.STOPPING;
  }

  boolean isReady() {
    return phase == Phase.READY;
  }

  /** The phase in lower case, as the health endpoint shows it. */
  String word() {
    return switch (phase) {
      case STARTING -> "starting";
      case READY -> "ok";
      case STOPPING -> "stopping";
    };
  }
}
