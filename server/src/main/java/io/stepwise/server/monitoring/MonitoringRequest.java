package io.stepwise.server.monitoring;

import io.stepwise.expression.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked of the figures, and the answer.
 *
 * <pre>
 * GET /_stepwise/monitoring?range=1d                        of all state machines together
 *     …&amp;stateMachineArn=…                                   of one
 * GET /_stepwise/monitoring/state-machines?range=1d         totals of each
 * </pre>
 *
 * <p>Ranges: 1h and 3h by minute; 12h and 1d by 5 minutes; 3d, 1w and 2w by hour. Units: times in
 * seconds since 1970, durations in milliseconds; a quantile of nothing is null.
 */
public final class MonitoringRequest {
  private final Monitor monitor;
  private final ToLongFunction<String> running;

  /**
   * Reads from {@code monitor}.
   *
   * @param running how many executions of a state machine are running, by its name; of all where
   *     the name is empty
   */
  public MonitoringRequest(Monitor monitor, ToLongFunction<String> running) {
    this.monitor = monitor;
    this.running = running;
  }

  /**
   * The answer as JSON.
   *
   * <p>Errors: {@link IllegalArgumentException} with a sentence where there is no such range.
   */
  public String series(Map<String, String> query) {
    var range = range(query);
    var arn = query.get("stateMachineArn");
    var figures = monitor.read(arn, range);
    var total = figures.total();
    var answer =
        Json.nodes()
            .objectNode()
            .put("from", figures.fromSecond())
            .put("stepSeconds", figures.stepSeconds())
            .put("running", running.applyAsLong(arn == null ? "" : nameIn(arn)))
            .put("billedThisMonth", figures.billed());
    putCounts(answer.putObject("total"), total);
    var spans = figures.spans();
    var series = answer.putObject("series");
    put(series, "started", spans, bucket -> (long) bucket.started);
    put(series, "succeeded", spans, bucket -> (long) bucket.succeeded);
    put(series, "failed", spans, bucket -> (long) bucket.failed);
    put(series, "timedOut", spans, bucket -> (long) bucket.timedOut);
    put(series, "aborted", spans, bucket -> (long) bucket.aborted);
    put(series, "redriven", spans, bucket -> (long) bucket.redriven);
    put(series, "transitions", spans, bucket -> bucket.transitions);
    putQuantile(series, "p50", spans, 0.50);
    putQuantile(series, "p95", spans, 0.95);
    putQuantile(series, "p99", spans, 0.99);
    var integrations = answer.putArray("integrations");
    for (var name : new TreeSet<>(total.tasks.keySet())) {
      var own = integrations.addObject().put("name", name);
      own.put("succeeded", total.tasksOf(name).succeeded);
      own.put("failed", total.tasksOf(name).failed);
      put(own, "failures", spans, bucket -> failures(bucket, name));
    }
    return Json.print(answer);
  }

  private static long failures(Bucket bucket, String integration) {
    var tasks = bucket.tasks.get(integration);
    return tasks == null ? 0 : tasks.failed;
  }

  /** As {@link #series}: totals of each state machine. */
  public String stateMachines(Map<String, String> query) {
    var answer = Json.nodes().objectNode();
    var machines = answer.putArray("stateMachines");
    for (var machine : monitor.machines(range(query))) {
      var own = machines.addObject().put("stateMachineArn", machine.arn());
      own.put("running", running.applyAsLong(nameIn(machine.arn())));
      own.put("billedThisMonth", machine.billed());
      putCounts(own.putObject("total"), machine.total());
      var day = own.putObject("lastDay");
      put(day, "started", machine.hours(), bucket -> (long) bucket.started);
      put(
          day,
          "failed",
          machine.hours(),
          bucket -> (long) bucket.failed + bucket.timedOut + bucket.aborted);
    }
    return Json.print(answer);
  }

  private static Range range(Map<String, String> query) {
    return Range.of(query.getOrDefault("range", "1d"))
        .orElseThrow(
            () ->
                new IllegalArgumentException("Expected a range of 1h, 3h, 12h, 1d, 3d, 1w or 2w"));
  }

  private static String nameIn(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  private static void putCounts(ObjectNode to, Bucket total) {
    to.put("started", total.started)
        .put("succeeded", total.succeeded)
        .put("failed", total.failed)
        .put("timedOut", total.timedOut)
        .put("aborted", total.aborted)
        .put("redriven", total.redriven)
        .put("transitions", total.transitions);
    putQuantile(to, "p50", total, 0.50);
    putQuantile(to, "p95", total, 0.95);
    putQuantile(to, "p99", total, 0.99);
  }

  private static void putQuantile(ObjectNode to, String name, Bucket bucket, double share) {
    var millis = Math.round(bucket.durations.quantile(share));
    if (millis < 0) {
      to.putNull(name);
    } else {
      to.put(name, millis);
    }
  }

  private static void put(
      ObjectNode to, String name, List<Bucket> spans, Function<Bucket, Long> value) {
    var array = to.putArray(name);
    spans.forEach(bucket -> array.add(value.apply(bucket)));
  }

  private static void putQuantile(ObjectNode to, String name, List<Bucket> spans, double share) {
    var array = to.putArray(name);
    for (var bucket : spans) {
      var millis = Math.round(bucket.durations.quantile(share));
      if (millis < 0) {
        array.addNull();
      } else {
        array.add(millis);
      }
    }
  }
}
