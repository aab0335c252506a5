package io.stepwise.connectors.lambda;

import io.stepwise.integration.Functions;
import org.jspecify.annotations.Nullable;

/** What came of one call: an answer of the endpoint, or the reason why there is none. */
record LambdaAnswer(Functions.@Nullable Answer response, @Nullable Throwable failure) {
  static LambdaAnswer of(Functions.@Nullable Answer response, @Nullable Throwable failure) {
    return new LambdaAnswer(response, failure);
  }
}
