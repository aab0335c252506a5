package io.stepwise.connectors.lambda;

import io.stepwise.integration.Functions;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What came of one call: an answer of the endpoint, or the reason why there is none. */
record LambdaAnswer(Functions.@Nullable Answer response, @Nullable Throwable failure) {
  static LambdaAnswer of(Functions.@Nullable Answer response, @Nullable Throwable failure) {
    // Told as it happened, not as the future that tells it wraps it.
    var reason =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return new LambdaAnswer(response, reason);
  }
}
