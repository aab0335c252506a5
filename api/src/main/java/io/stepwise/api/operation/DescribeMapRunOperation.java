package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;

/** DescribeMapRun. */
final class DescribeMapRunOperation implements Operation.Blocking {
  private static final Shape INPUT = Shape.of(Member.text("mapRunArn", 1, 2000).required());

  private final Backend backend;

  DescribeMapRunOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "DescribeMapRun";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

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
