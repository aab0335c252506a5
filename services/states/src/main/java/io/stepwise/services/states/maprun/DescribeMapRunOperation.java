package io.stepwise.services.states.maprun;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.MapRuns;

/** DescribeMapRun. */
public final class DescribeMapRunOperation {
  private static final Shape INPUT = Shape.of(Member.text("mapRunArn", 1, 2000).required());

  private final Backend backend;

  private DescribeMapRunOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking("DescribeMapRun", INPUT, new DescribeMapRunOperation(backend)::run);
  }

  private void run(Call call) {
    var run = MapRuns.find(backend, call.text("mapRunArn"));
    var output = Outputs.object();
    output.put("mapRunArn", run.arn());
    output.put("executionArn", run.executionArn());
    output.put("status", run.status().name());
    Outputs.putTime(output, "startDate", run.startMillis());
    if (run.status().isClosed()) {
      Outputs.putTime(output, "stopDate", run.stopMillis());
    }
    output.put("maxConcurrency", run.maxConcurrency());
    output.put("toleratedFailurePercentage", run.toleratedFailurePercentage());
    output.put("toleratedFailureCount", run.toleratedFailureCount());
    MapRuns.put(output.putObject("itemCounts"), run.items(), run);
    MapRuns.put(output.putObject("executionCounts"), run.executions(), run);
    if (run.redriveCount() > 0) {
      output.put("redriveCount", run.redriveCount());
      Outputs.putTime(output, "redriveDate", run.redriveMillis());
    }
    call.reply(output);
  }
}
