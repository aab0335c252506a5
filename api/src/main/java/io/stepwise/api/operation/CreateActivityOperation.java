package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Names;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;

/** CreateActivity. */
final class CreateActivityOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(
          Member.text("name", 1, 80).required(), Configurations.TAGS, Configurations.ENCRYPTION);

  private final Backend backend;

  CreateActivityOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "CreateActivity";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var name = Names.check(call.text("name"));
    var activity =
        backend
            .catalog()
            .createActivity(
                call.identity().location().activity(name).text(),
                name,
                Configurations.encryption(call),
                Configurations.tags(call.input().path("tags")));
    var output = Outputs.object();
    output.put("activityArn", activity.arn());
    Outputs.putTime(output, "creationDate", activity.createdMillis());
    call.reply(output);
  }
}
