package io.stepwise.connectors.aws;

import io.stepwise.connectors.aws.wire.WireResponse;
import io.stepwise.edge.HttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Takes signed requests to where they are answered. Thread safe; never blocks. */
@FunctionalInterface
public interface Transport {

  /** Sends a request; the future fails where nothing answers. Cancelling it gives it up. */
  CompletableFuture<WireResponse> send(
      String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout);

  /** Over the network. */
  static Transport over(HttpClient http) {
    return (method, uri, headers, body, timeout) -> {
      var sent = http.send(method, uri, headers, body, timeout);
      var answer = sent.thenApply(Transport::response);
      answer.whenComplete(
          (response, failure) -> {
            if (answer.isCancelled()) {
              sent.cancel(true);
            }
          });
      return answer;
    };
  }

  private static WireResponse response(HttpClient.Response response) {
    var headers = new LinkedHashMap<String, List<String>>();
    var spelled = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    response.headers(
        (name, value) ->
            headers
                .computeIfAbsent(
                    spelled.computeIfAbsent(name, first -> first), first -> new ArrayList<>())
                .add(value));
    return new WireResponse(response.status(), headers, response.body());
  }
}
