package io.stepwise.edge;

/** Answers requests. Called on a loop: it must not block, but may answer later from any thread. */
@FunctionalInterface
public interface Handler {
  /** Takes a request; sooner or later the responder is to be called, once. */
  void handle(Request request, Responder responder);

  /**
   * Words the answer to a request that the edge itself refuses; the body of {@code head} is empty.
   * The connection may be closed afterwards.
   */
  default void refuse(Request head, Refusal refusal, Responder responder) {
    responder.respond(refusal.status(), "text/plain; charset=utf-8", refusal.sentence());
  }

  /** Why the edge refuses a request. */
  enum Refusal {
    /** The body is longer than the server takes. */
    BODY_TOO_LARGE(413, "The request body is too large."),
    /** It is not HTTP. */
    MALFORMED(400, "The request is not valid HTTP/1.1."),
    /** The handler failed. */
    FAULT(500, "The server failed to answer.");

    private final int status;
    private final String sentence;

    Refusal(int status, String sentence) {
      this.status = status;
      this.sentence = sentence;
    }

    /** The HTTP status it usually has. */
    public int status() {
      return status;
    }

    /** What to say where nobody knows better. */
    public String sentence() {
      return sentence;
    }
  }
}
