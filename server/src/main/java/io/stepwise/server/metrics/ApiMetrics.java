package io.stepwise.server.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts and times the requests that pass through it to the API. */
public final class ApiMetrics implements Handler {
  private static final String PREFIX = "AWSStepFunctions.";

  private final Handler api;
  private final Set<String> actions;
  private final Map<Answer, LongAdder> answers = new ConcurrentHashMap<>();
  private final Map<String, Histogram> latencies = new ConcurrentHashMap<>();

  private record Answer(String action, int status) {}

  /** Before {@code api}; requests for none of {@code actions} count as one. */
  public ApiMetrics(Handler api, Set<String> actions) {
    this.api = api;
    this.actions = Set.copyOf(actions);
  }

  @Override
  public void handle(Request request, Responder responder) {
    var begun = System.nanoTime();
    var action = action(request);
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

  /** What anybody may send must not become a label. */
  private String action(Request request) {
    var target = request.header("X-Amz-Target");
    if (target == null || !target.startsWith(PREFIX)) {
      return "Unknown";
    }
    var action = target.substring(PREFIX.length());
    return actions.contains(action) ? action : "Unknown";
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
