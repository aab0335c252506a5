package io.stepwise.edge;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A request under way and its answer; one place in the order of its connection. */
final class Exchange implements Responder {
  final Connection connection;
  final boolean keepAlive;
  final boolean headOnly;

  /** The next in the stack of answered exchanges. */
  @Nullable Exchange nextReady;

  private final AtomicBoolean answered = new AtomicBoolean();
  private final AtomicReference<Runnable> closeAction = new AtomicReference<>(Mark.NOTHING);
  private volatile @Nullable Answer answer;

  Exchange(Connection connection, boolean keepAlive, boolean headOnly) {
    this.connection = connection;
    this.keepAlive = keepAlive;
    this.headOnly = headOnly;
  }

  /** The answer, or null while there is none. */
  @Nullable Answer answer() {
    return answer;
  }

  @Override
  public void respond(
      int status, @Nullable String contentType, Map<String, String> headers, byte[] body) {
    if (answered.compareAndSet(false, true)) {
      answer = new Answer(status, contentType, headers, body);
      closeAction.set(Mark.NOTHING);
      connection.answered(this);
    }
  }

  @Override
  public void onClose(Runnable action) {
    while (true) {
      var current = closeAction.get();
      if (current == Mark.GONE) {
        action.run();
        return;
      }
      if (answered.get() || closeAction.compareAndSet(current, action)) {
        return;
      }
    }
  }

  /** The client has gone. */
  void abandon() {
    if (answered.compareAndSet(false, true)) {
      closeAction.getAndSet(Mark.GONE).run();
    }
  }

  /** Close actions that do nothing. */
  private enum Mark implements Runnable {
    NOTHING,
    GONE;

    @Override
    public void run() {}
  }

  /** What is to be sent. */
  record Answer(
      int status, @Nullable String contentType, Map<String, String> headers, byte[] body) {}
}
