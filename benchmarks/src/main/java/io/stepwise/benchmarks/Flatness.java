package io.stepwise.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Whether cost stays flat: against the length of a history, the number of a Map's items, and the
 * number of stored executions.
 */
final class Flatness {
  private static final String LOOP =
      """
      {"StartAt":"Count","States":{
        "Count":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n, 1)"},"Next":"More"},
        "More":{"Type":"Choice","Choices":[
          {"Variable":"$.n","NumericLessThan":5990,"Next":"Count"}],"Default":"Done"},
        "Done":{"Type":"Succeed"}}}
      """;

  private static final String INLINE_MAP =
      """
      {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":40,
        "ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}
      """;

  private static final String DISTRIBUTED_MAP =
      """
      {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":40,"Label":"bench",
        "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
          "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}
      """;

  private static final int PAIRS = 5;

  private final Processes processes;
  private final int executions;

  Flatness(Processes processes, int executions) {
    this.processes = processes;
    this.executions = executions;
  }

  void run() {
    var data = processes.temporaryFolder("data");
    try (var lambda = processes.lambda();
        var server = processes.product(data, lambda.port())) {
      var client = new Client(server.endpoint());
      history(client);
      items(client, "inline Map", INLINE_MAP, 5_000);
      items(client, "distributed Map", DISTRIBUTED_MAP, 10_000);
      stored(server, client, lambda.port());
      line("server memory MiB, -Xmx512m", (double) server.residentMebibytes(), "");
    }
    Processes.delete(data);
  }

  /** Transitions per second in the last tenth of a history of 24,000 events, by the first tenth. */
  private void history(Client client) {
    var machine = client.createStateMachine("loop", LOOP);
    client.run(machine, "{\"n\":0}");
    client.run(machine, "{\"n\":0}");
    var first = 0.0;
    var last = 0.0;
    for (var run = 0; run < 20; run++) {
      var arn = client.run(machine, "{\"n\":0}").path("executionArn").stringValue();
      var times = timestamps(client, arn);
      var tenth = times.size() / 10;
      first += times.get(tenth) - times.getFirst();
      last += times.getLast() - times.get(times.size() - 1 - tenth);
    }
    line("last tenth of 24,000 events / first tenth, speed", first / last, "at least 0.90");
  }

  private static List<Double> timestamps(Client client, String arn) {
    var times = new ArrayList<Double>();
    String token = null;
    do {
      var parameters =
          client
              .parameters()
              .put("executionArn", arn)
              .put("maxResults", 1000)
              .put("includeExecutionData", false);
      if (token != null) {
        parameters.put("nextToken", token);
      }
      var page = client.call("GetExecutionHistory", parameters);
      for (var event : page.path("events")) {
        times.add(event.path("timestamp").doubleValue());
      }
      token = page.path("nextToken").isString() ? page.path("nextToken").stringValue() : null;
    } while (token != null);
    return times;
  }

  /** Time per item with many items, by that with 100. */
  private void items(Client client, String name, String definition, int many) {
    var machine = client.createStateMachine(name.replace(' ', '-'), definition);
    for (var run = 0; run < 20; run++) {
      client.run(machine, array(100));
    }
    client.run(machine, array(many));
    var few = median(IntStream.range(0, 21).mapToDouble(run -> perItem(client, machine, 100)));
    var lots = median(IntStream.range(0, 3).mapToDouble(run -> perItem(client, machine, many)));
    line(name + ", time per item, " + many + " / 100 items", lots / few, "at most 1.30");
  }

  private static double perItem(Client client, String machine, int items) {
    var input = array(items);
    var start = System.nanoTime();
    var description = client.run(machine, input);
    var nanos = System.nanoTime() - start;
    if (!description.path("status").stringValue().equals("SUCCEEDED")) {
      throw new IllegalStateException(description.toString());
    }
    return (double) nanos / items;
  }

  /**
   * Starts per second with many stored executions, by those of a second server with an empty store.
   * Both load in turn, so that what the machine does beside them strikes both; the median of the
   * pairs counts.
   */
  private void stored(Processes.Server server, Client client, int lambdaPort) {
    var stored = 0.0;
    while (stored < executions) {
      var seconds = 20;
      stored += processes.load(server, "W1", 64, seconds).path("perSecond").doubleValue() * seconds;
      System.err.println("  stored " + (long) stored);
    }
    var ratios = IntStream.range(0, PAIRS).mapToDouble(pair -> fullByEmpty(server, lambdaPort));
    line(
        String.format(Locale.ROOT, "starts/s with %,d stored executions / empty", (long) stored),
        median(ratios),
        "at least 0.80");
    var machines = client.call("ListStateMachines", client.parameters()).path("stateMachines");
    var arn = machines.get(machines.size() - 1).path("stateMachineArn").stringValue();
    for (var machine : machines) {
      if (machine.path("name").stringValue().startsWith("bench-w1")) {
        arn = machine.path("stateMachineArn").stringValue();
      }
    }
    var listed = arn;
    for (var run = 0; run < 20; run++) {
      page(client, listed);
    }
    var millis = median(IntStream.range(0, 101).mapToDouble(run -> page(client, listed)));
    line("a page of ListExecutions there, ms", millis, "below 10");
  }

  private double fullByEmpty(Processes.Server full, int lambdaPort) {
    var data = processes.temporaryFolder("empty");
    try (var empty = processes.product(data, lambdaPort)) {
      var startsEmpty = starts(empty, "8");
      var startsFull = starts(full, "3");
      System.err.printf(
          Locale.ROOT, "  starts/s: full %,.0f, empty %,.0f%n", startsFull, startsEmpty);
      return startsFull / startsEmpty;
    } finally {
      Processes.delete(data);
    }
  }

  private double starts(Processes.Server server, String warmupSeconds) {
    return processes
        .load(server, "W1", 64, 8, "--warmup", warmupSeconds)
        .path("perSecond")
        .doubleValue();
  }

  private static double page(Client client, String machine) {
    var start = System.nanoTime();
    client.call("ListExecutions", client.parameters().put("stateMachineArn", machine));
    return (System.nanoTime() - start) / 1e6;
  }

  private static String array(int items) {
    return IntStream.range(0, items)
        .mapToObj(i -> "{\"i\":" + i + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static double median(DoubleStream values) {
    var sorted = values.sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static void line(String figure, double value, String aim) {
    System.out.printf(Locale.ROOT, "%-62s %8.2f   %s%n", figure, value, aim);
  }
}
