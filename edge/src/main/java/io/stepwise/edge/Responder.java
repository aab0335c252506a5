package io.stepwise.edge;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way back to one client. Usable from any thread; only the first answer counts. */
public interface Responder {
  /**
   * Answers. Content-Length, Date and Connection are the edge's business.
   *
   * @param contentType null for an answer without a body
   * @param body not to be changed afterwards
   */
  void respond(int status, @Nullable String contentType, Map<String, String> headers, byte[] body);

  /** Answers with text. */
  default void respond(int status, String contentType, String text) {
    respond(status, contentType, Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Begins an answer that has no end of its own: it goes on until it is closed, or the client goes
   * away, of which {@link #onClose} tells. The connection serves nothing else.
   *
   * <p>Errors: {@link UnsupportedOperationException} where this way back can't carry one.
   */
  default Stream stream(int status, String contentType, Map<String, String> headers) {
    throw new UnsupportedOperationException("Expected a way back that can carry a stream");
  }

  /** An answer that goes on. Usable from any thread. */
  interface Stream {
    /**
     * Sends some more.
     *
     * @return false where the client reads too slowly, or is gone: nothing was sent
     */
    boolean send(byte[] bytes);

    /** Ends the answer and the connection. */
    void close();
  }

  /**
   * Runs {@code task} where answers are written, soon: for whoever has an answer on a thread that
   * has others waiting. Tasks given from there run at once.
   */
  default void soon(Runnable task) {
    task.run();
  }

  /**
   * Calls {@code action} on the loop if the client goes away before it was answered; at once if it
   * has gone. Only the last action given counts.
   */
  void onClose(Runnable action);
}
