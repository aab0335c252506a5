package io.stepwise.expression;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An expression that could not be evaluated: data of the execution, not a fault of ours.
 *
 * <p>{@link #getMessage()} is the tail of AWS's cause text; the engine puts {@code An error
 * occurred while executing the state '…' (entered at the event id #…). } before it.
 */
public final class EvaluationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String error;
  private final @Nullable String location;

  /** With the ASL error name, e.g. {@code States.Runtime}, and the tail of the cause. */
  public EvaluationException(String error, String cause) {
    this(error, cause, null);
  }

  /** As above, with the slash path of the field inside its state, for JSONata. */
  public EvaluationException(String error, String cause, @Nullable String location) {
    super(cause, null, false, false);
    this.error = Objects.requireNonNull(error);
    this.location = location;
  }

  /** The ASL error name. */
  public String error() {
    return error;
  }

  /** The tail of the cause text. */
  public String cause() {
    return Objects.requireNonNull(getMessage());
  }

  /** Where in the state the expression stands, e.g. {@code Output/values[0]}; JSONata only. */
  public @Nullable String location() {
    return location;
  }
}
