package io.stepwise.services.states.activity;

import io.stepwise.engine.Reply;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Arns;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.StatesError.ActivityDoesNotExist;

/** GetActivityTask: a long poll is a pending future, no thread. */
public final class GetActivityTaskOperation {
  private static final Shape INPUT =
      Shape.of(Member.text("activityArn", 1, 256).required(), Member.text("workerName", 1, 80));

  private final Backend backend;

  private GetActivityTaskOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.of("GetActivityTask", INPUT, new GetActivityTaskOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("activityArn");
    Arns.activity(arn);
    if (!backend.catalog().activityExists(arn)) {
      throw new ActivityDoesNotExist(arn).toException();
    }
    var poll = backend.gateway().pollActivity(arn, call.text("workerName", ""));
    call.onClose(poll::cancel);
    call.whenDone(
        poll.reply(),
        reply -> {
          if (reply instanceof Reply.ActivityTask task) {
            answer(call, task);
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
