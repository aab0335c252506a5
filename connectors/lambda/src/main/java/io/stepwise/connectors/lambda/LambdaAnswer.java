package io.stepwise.connectors.lambda;

import io.stepwise.edge.HttpClient;
import org.jspecify.annotations.Nullable;

/** What came of one call: an answer of the endpoint, or the reason why there is none. */
record LambdaAnswer(HttpClient.@Nullable Response response, @Nullable Throwable failure) {
  static LambdaAnswer of(HttpClient.@Nullable Response response, @Nullable Throwable failure) {
    return new LambdaAnswer(response, failure);
  }
}
