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
   * Calls {@code action} on the loop if the client goes away before it was answered; at once if it
   * has gone. Only the last action given counts.
   */
  void onClose(Runnable action);
}
