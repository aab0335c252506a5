package io.stepwise.api.operation;

import io.stepwise.api.ApiError.ActivityDoesNotExist;
import io.stepwise.api.Arns;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;
import io.stepwise.engine.Reply;

/** GetActivityTask: a long poll is a pending future, no thread. */
final class GetActivityTaskOperation implements Operation {
  private static final Shape INPUT =
      Shape.of(Member.text("activityArn", 1, 256).required(), Member.text("workerName", 1, 80));

  private final Backend backend;

  GetActivityTaskOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "GetActivityTask";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var arn = call.text("activityArn");
    Arns.activity(arn);
    if (!backend.catalog().activityExists(arn)) {
      throw new ActivityDoesNotExist(arn).toException();
    }
    var poll = backend.gateway().pollActivity(arn, call.text("workerName", ""));
    call.onClose(poll::cancel);
    poll.reply()
        .whenComplete(
            (reply, failure) -> {
              if (failure != null) {
                call.fail(failure);
              } else if (reply instanceof Reply.ActivityTask task) {
                call.guard(() -> answer(call, task));
              } else {
                call.done();
              }
            });
  }

  private static void answer(Call call, Reply.ActivityTask task) {
    var output = Outputs.object();
    output.put("taskToken", task.taskToken());
    output.put("input", task.input().text());
    call.reply(output);
  }
}
