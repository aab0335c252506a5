package io.stepwise.protocol;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * One operation of a service.
 *
 * @param name AWS's name of it
 * @param input its input
 * @param mayBlock whether it may wait for the store; then it runs on a virtual thread, else on a
 *     loop, where it must not
 * @param run sooner or later answers the call; whatever it throws is answered
 */
public record Operation(String name, Shape input, boolean mayBlock, Consumer<Call> run) {
  public Operation {
    Objects.requireNonNull(name);
    Objects.requireNonNull(input);
    Objects.requireNonNull(run);
  }

  /** An operation that never waits. */
  public static Operation of(String name, Shape input, Consumer<Call> run) {
    return new Operation(name, input, false, run);
  }

  /** An operation that may wait for the store. */
  public static Operation blocking(String name, Shape input, Consumer<Call> run) {
    return new Operation(name, input, true, run);
  }
}
