package io.stepwise.connectors.lambda;

import io.stepwise.edge.HttpClient;
import io.stepwise.integration.Functions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Functions of a Lambda elsewhere, over its Invoke API: {@code POST
 * /2015-03-31/functions/NAME/invocations}. No thread waits for a slow function.
 */
public final class LambdaEndpoint implements Functions {
  /** Longest a function may take. Source: Lambda's own limit. */
  private static final Duration INVOCATION_MAX = Duration.ofMinutes(15).plusSeconds(10);

  private final Optional<URI> endpoint;
  private final HttpClient http;

  /**
   * Lambda at {@code endpoint}.
   *
   * @param endpoint empty: there are no functions
   */
  public LambdaEndpoint(Optional<URI> endpoint, HttpClient http) {
    this.endpoint = endpoint;
    this.http = http;
  }

  @Override
  public boolean isThere() {
    return endpoint.isPresent();
  }

  @Override
  public CompletableFuture<Answer> invoke(Invocation invocation) {
    var headers = new HashMap<>(invocation.headers());
    headers.put("Content-Type", "application/json");
    headers.put("amz-sdk-invocation-id", invocation.idempotencyId());
    var path =
        "/2015-03-31/functions/"
            + URLEncoder.encode(invocation.name(), StandardCharsets.UTF_8)
            + "/invocations"
            + invocation
                .qualifier()
                .map(value -> "?Qualifier=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
                .orElse("");
    var timeout =
        invocation
            .timeout()
            .map(limit -> limit.plusSeconds(5))
            .filter(limit -> limit.compareTo(INVOCATION_MAX) < 0)
            .orElse(INVOCATION_MAX);
    return http.send(
            "POST", endpoint.orElseThrow().resolve(path), headers, invocation.payload(), timeout)
        .thenApply(LambdaEndpoint::answer);
  }

  private static Answer answer(HttpClient.Response response) {
    Map<String, String> headers = new HashMap<>();
    response.headers((name, value) -> headers.putIfAbsent(name, value));
    return new Answer(response.status(), headers, response.body());
  }
}
