package io.stepwise.server.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.protocol.AwsServices;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts and times the requests that pass through it to the API. */
public final class ApiMetrics implements Handler {
  private final Handler api;
  private final Supplier<AwsServices> services;
  private final Map<Answer, LongAdder> answers = new ConcurrentHashMap<>();
  private final Map<String, Histogram> latencies = new ConcurrentHashMap<>();

  private record Answer(String action, int status) {}

  /** Before {@code api}; requests for no operation of {@code services} count as one. */
  public ApiMetrics(Handler api, Supplier<AwsServices> services) {
    this.api = api;
    this.services = services;
  }

  @Override
  public void handle(Request request, Responder responder) {
    var begun = System.nanoTime();
    // Nothing that anybody may send becomes a label: only names of operations.
    var action = services.get().action(request);
    api.handle(
        request,
        new Responder() {
          @Override
          public void respond(
              int status, @Nullable String contentType, Map<String, String> headers, byte[] body) {
            // First: whoever has the answer finds it counted.
            count(action, status, System.nanoTime() - begun);
            responder.respond(status, contentType, headers, body);
          }

          @Override
          public void soon(Runnable task) {
            responder.soon(task);
          }

          @Override
          public void onClose(Runnable onClose) {
            responder.onClose(onClose);
          }
        });
  }

  @Override
  public void refuse(Request head, Refusal refusal, Responder responder) {
    api.refuse(head, refusal, responder);
  }

  private void count(String action, int status, long nanos) {
    answers.computeIfAbsent(new Answer(action, status), key -> new LongAdder()).increment();
    latencies.computeIfAbsent(action, key -> Histogram.ofDurations()).observe(nanos);
  }

  void addTo(Snapshots snapshots) {
    snapshots.counter(
        "stepwise_api_requests",
        "Requests by action and HTTP status",
        points ->
            answers.forEach(
                (answer, count) ->
                    points.add(
                        Labels.of(
                            "action", answer.action(), "code", String.valueOf(answer.status())),
                        count.sum())));
    snapshots.histogram(
        "stepwise_api_request_duration_seconds",
        "From a request to its answer; long polls included",
        points ->
            latencies.forEach(
                (action, latency) -> points.add(Labels.of("action", action), latency)));
  }
}
