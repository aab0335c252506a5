package io.stepwise.jsonata.value;

import io.stepwise.jsonata.JsonataException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.POJONode;

/** A function as a value: it can be bound, handed over and called, but not printed. */
public abstract class FunctionValue extends POJONode {
  private static final long serialVersionUID = 1L;

  /** Of nothing. */
  protected FunctionValue() {
    super(null);
  }

  /** Whether it counts as true: one that was handed to another function doesn't. */
  public boolean isTrue() {
    return true;
  }

  /** As an argument of another function. */
  public FunctionValue handedOver() {
    return isTrue() ? new Handed(this) : this;
  }

  private static final class Handed extends FunctionValue {
    private static final long serialVersionUID = 1L;

    private final transient FunctionValue function;

    Handed(FunctionValue function) {
      this.function = function;
    }

    @Override
    public boolean isTrue() {
      return false;
    }

    @Override
    public int arity() {
      return function.arity();
    }

    @Override
    protected @Nullable JsonNode invoke(
        Evaluation evaluation, @Nullable JsonNode[] arguments, @Nullable JsonNode context) {
      return function.invoke(evaluation, arguments, NullNode.getInstance());
    }
  }

  /** How many arguments it has a use for. */
  public abstract int arity();

  /**
   * Its value for these arguments, or {@link TailCall#PENDING}.
   *
   * @param context the context value where it is called, for an argument that may be left out
   */
  protected abstract @Nullable JsonNode invoke(
      Evaluation evaluation, @Nullable JsonNode[] arguments, @Nullable JsonNode context);

  /** Its value, called by a function: errors keep the position they have. */
  public final @Nullable JsonNode call(Evaluation evaluation, @Nullable JsonNode... arguments) {
    // Functions that only call each other by way of built-in ones have no operation to count.
    evaluation.enter();
    var value = call(this, evaluation, arguments, NullNode.getInstance(), 0, null);
    evaluation.leave();
    return value;
  }

  /** The value of whatever is called there. Errors: T1006 if it is no function. */
  public static @Nullable JsonNode call(
      @Nullable JsonNode function,
      Evaluation evaluation,
      @Nullable JsonNode[] arguments,
      @Nullable JsonNode context,
      int position,
      @Nullable String token) {
    var value = callOnce(function, evaluation, arguments, context, position, token);
    while (value == TailCall.PENDING) {
      evaluation.step();
      var next = evaluation.takeTailCall();
      value =
          callOnce(
              next.function(),
              evaluation,
              next.arguments(),
              context,
              next.position(),
              next.token());
    }
    return value;
  }

  private static @Nullable JsonNode callOnce(
      @Nullable JsonNode function,
      Evaluation evaluation,
      @Nullable JsonNode[] arguments,
      @Nullable JsonNode context,
      int position,
      @Nullable String token) {
    if (!(function instanceof FunctionValue callable)) {
      throw JsonataException.of("T1006");
    }
    try {
      return callable.invoke(evaluation, arguments, context);
    } catch (JsonataException e) {
      e.moveTo(position, token);
      throw e;
    }
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }
}
