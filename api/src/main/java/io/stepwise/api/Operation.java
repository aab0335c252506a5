package io.stepwise.api;

/** One operation of the API. Stateless but for what it was constructed with. */
public interface Operation {
  /** AWS's name of it. */
  String name();

  /** Its input. */
  Shape input();

  /**
   * Runs it, sooner or later answering {@code call}. Called on a loop: it must not block.
   *
   * <p>Errors: whatever it throws is answered.
   */
  void run(Call call);

  /** An operation that may wait for the store; it runs on a virtual thread. */
  interface Blocking extends Operation {}
}
