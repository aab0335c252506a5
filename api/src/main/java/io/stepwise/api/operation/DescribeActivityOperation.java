package io.stepwise.api.operation;

import io.stepwise.api.ApiError.ActivityDoesNotExist;
import io.stepwise.api.Arns;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;

/** DescribeActivity. */
final class DescribeActivityOperation implements Operation {
  private static final Shape INPUT = Shape.of(Member.text("activityArn", 1, 256).required());

  private final Backend backend;

  DescribeActivityOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "DescribeActivity";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

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
