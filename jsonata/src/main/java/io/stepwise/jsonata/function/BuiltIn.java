package io.stepwise.jsonata.function;

import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.FunctionValue;
import io.stepwise.jsonata.value.Signature;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A function of the library: its name, its signature and what it does. */
final class BuiltIn extends FunctionValue {
  private static final long serialVersionUID = 1L;

  private final transient Signature signature;
  private final int arity;
  private final transient Body body;

  BuiltIn(String signature, int arity, Body body) {
    this.signature = Signature.parse(signature);
    this.arity = arity;
    this.body = body;
  }

  /** What it does with arguments that match; those not given are null. */
  interface Body {
    @Nullable JsonNode apply(Evaluation evaluation, @Nullable JsonNode[] arguments);
  }

  @Override
  public int arity() {
    return arity;
  }

  @Override
  protected @Nullable JsonNode invoke(
      Evaluation evaluation, @Nullable JsonNode[] arguments, @Nullable JsonNode context) {
    return body.apply(evaluation, signature.match(arguments, context));
  }
}
