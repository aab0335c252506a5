package io.stepwise.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;

/**
 * A year on the virtual clock: a task that is tried three times, misses a heartbeat and a timeout,
 * and a wait of 358 days; from StartExecution to the end, as its client sees it.
 */
final class VirtualYear {
  private static final int WARM_UP = 10;
  private static final String ACTIVITY = "arn:aws:states:us-east-1:123456789012:activity:work";
  private static final String DEFINITION =
      """
      {"StartAt": "Work", "States": {
        "Work": {"Type": "Task", "Resource": "%s", "TimeoutSeconds": 3600, "HeartbeatSeconds": 60,
          "Retry": [{"ErrorEquals": ["States.Timeout"], "IntervalSeconds": 86400, "MaxAttempts": 2}],
          "Next": "Year"},
        "Year": {"Type": "Wait", "Seconds": 31000000, "End": true}}}
      """
          .formatted(ACTIVITY);

  private final Processes processes;
  private final int rounds;

  VirtualYear(Processes processes, int rounds) {
    this.processes = processes;
    this.rounds = rounds;
  }

  void run() {
    try (var server = processes.virtualServer()) {
      var client = new Client(server.endpoint());
      client.call("CreateActivity", client.parameters().put("name", "work"));
      var machine = client.createStateMachine("year", DEFINITION);
      var first = millis(client, machine);
      for (var round = 1; round < WARM_UP; round++) {
        millis(client, machine);
      }
      var millis = new ArrayList<Double>();
      for (var round = 0; round < rounds; round++) {
        millis.add(millis(client, machine));
      }
      millis.sort(null);
      System.out.printf(
          Locale.ROOT,
          "a year with two retries and a heartbeat, ms   median %.1f   slowest %.1f   first %.1f%n",
          millis.get(rounds / 2),
          millis.getLast(),
          first);
    }
  }

  private static double millis(Client client, String machine) {
    var begun = System.nanoTime();
    var execution =
        client
            .call("StartExecution", client.parameters().put("stateMachineArn", machine))
            .path("executionArn")
            .stringValue();
    var poll = client.parameters().put("activityArn", ACTIVITY);
    client.call("GetActivityTask", poll); // taken, and never heard of again
    client.advanceClock(Duration.ofSeconds(60).toString());
    client.advanceClock(Duration.ofHours(1).toString()); // nobody takes the second try
    var token = client.call("GetActivityTask", poll).path("taskToken").stringValue();
    client.call("SendTaskHeartbeat", client.parameters().put("taskToken", token));
    client.call("SendTaskSuccess", client.parameters().put("taskToken", token).put("output", "1"));
    var describe = client.parameters().put("executionArn", execution);
    String status;
    do {
      status = client.call("DescribeExecution", describe).path("status").stringValue();
    } while (status.equals("RUNNING"));
    if (!status.equals("SUCCEEDED")) {
      throw new IllegalStateException("Expected a good end, got " + status);
    }
    return (System.nanoTime() - begun) / 1e6;
  }
}
