package io.stepwise.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A request under way and its answer; one place in the order of its connection. */
final class Exchange implements Responder, Responder.Stream {
  /** What may wait to be sent on a stream before it counts as too slow. Units: bytes. */
  private static final long UNSENT_MAX = 1 << 20;

  final Connection connection;
  final boolean keepAlive;
  final boolean headOnly;

  private final AtomicBoolean answered = new AtomicBoolean();
  private final AtomicReference<Runnable> closeAction = new AtomicReference<>(Mark.NOTHING);
  private final AtomicLong unsent = new AtomicLong();
  private final List<Runnable> held = new ArrayList<>(0);
  private volatile @Nullable Answer answer;
  private volatile boolean gone;

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
      connection.answered();
    }
  }

  @Override
  public void soon(Runnable task) {
    connection.soon(task);
  }

  @Override
  public Stream stream(int status, String contentType, Map<String, String> headers) {
    if (answered.compareAndSet(false, true)) {
      answer = new Answer(status, contentType, headers, null);
      connection.answered();
    }
    return this;
  }

  @Override
  public boolean send(byte[] bytes) {
    if (gone || unsent.addAndGet(bytes.length) > UNSENT_MAX) {
      unsent.addAndGet(gone ? 0 : -bytes.length);
      return false;
    }
    connection.sendOn(this, bytes, () -> unsent.addAndGet(-bytes.length));
    return true;
  }

  /** Keeps a part of a stream whose turn has not come. On the loop. */
  void hold(Runnable write) {
    held.add(write);
  }

  /** Its turn has come. On the loop. */
  void releaseHeld() {
    held.forEach(Runnable::run);
    held.clear();
  }

  @Override
  public void close() {
    connection.endStream(this);
  }

  @Override
  public void onClose(Runnable action) {
    while (true) {
      var current = closeAction.get();
      if (current == Mark.GONE) {
        action.run();
        return;
      }
      if (isWholeAnswerGiven() || closeAction.compareAndSet(current, action)) {
        return;
      }
    }
  }

  /** The client has gone. */
  void abandon() {
    gone = true;
    if (answered.compareAndSet(false, true) || isStream()) {
      closeAction.getAndSet(Mark.GONE).run();
    }
  }

  private boolean isWholeAnswerGiven() {
    return answered.get() && !isStream();
  }

  private boolean isStream() {
    var given = answer;
    return given != null && given.body() == null;
  }

  /** Close actions that do nothing. */
  private enum Mark implements Runnable {
    NOTHING,
    GONE;

    @Override
    public void run() {}
  }

  /**
   * What is to be sent.
   *
   * @param body null for a stream
   */
  record Answer(
      int status,
      @Nullable String contentType,
      Map<String, String> headers,
      byte @Nullable [] body) {}
}
