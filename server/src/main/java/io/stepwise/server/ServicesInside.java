package io.stepwise.server;

import io.stepwise.connectors.aws.Transport;
import io.stepwise.connectors.aws.wire.WireResponse;
import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The services of this server for its own tasks: a call is answered as a client's would be, without
 * the way over the network.
 */
final class ServicesInside {
  private final Supplier<? extends @Nullable Handler> services;

  /** Those that {@code services} gives once a task can ask. */
  ServicesInside(Supplier<? extends @Nullable Handler> services) {
    this.services = services;
  }

  /** The services of these ids. */
  Map<String, Transport> of(Set<String> ids) {
    return ids.stream().collect(Collectors.toMap(Function.identity(), id -> this::send));
  }

  private CompletableFuture<WireResponse> send(
      String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout) {
    var target =
        uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    var answer = new Answer();
    var handler = services.get();
    if (handler == null) {
      throw new IllegalStateException("Expected the services before a task asks for them");
    }
    handler.handle(Request.of(method, target, headers, body), answer);
    answer.response.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    return answer.response;
  }

  /** The way back to a task. */
  private static final class Answer implements Responder {
    private final CompletableFuture<WireResponse> response = new CompletableFuture<>();

    @Override
    public void respond(
        int status, @Nullable String contentType, Map<String, String> headers, byte[] body) {
      var all = new LinkedHashMap<String, List<String>>();
      headers.forEach((name, value) -> all.put(name, List.of(value)));
      if (contentType != null) {
        all.put("Content-Type", List.of(contentType));
      }
      response.complete(new WireResponse(status, all, body));
    }

    @Override
    public void onClose(Runnable action) {
      response.whenComplete(
          (answer, failure) -> {
            if (failure != null) {
              action.run();
            }
          });
    }
  }
}
