package io.stepwise.services.states.activity;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Arns;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Configurations;
import io.stepwise.services.states.resource.StatesError.ActivityDoesNotExist;

/** DescribeActivity. */
public final class DescribeActivityOperation {
  private static final Shape INPUT = Shape.of(Member.text("activityArn", 1, 256).required());

  private final Backend backend;

  private DescribeActivityOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.of("DescribeActivity", INPUT, new DescribeActivityOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("activityArn");
    Arns.activity(arn);
    var activity = backend.catalog().activity(arn);
    if (activity == null) {
      throw new ActivityDoesNotExist(arn).toException();
    }
    var output = Outputs.object();
    output.put("activityArn", activity.arn());
    output.put("name", activity.name());
    Outputs.putTime(output, "creationDate", activity.createdMillis());
    Configurations.put(output, activity.encryption());
    call.reply(output);
  }
}
