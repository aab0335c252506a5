package io.stepwise.services.states.activity;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Configurations;
import io.stepwise.services.states.resource.Names;

/** CreateActivity. */
public final class CreateActivityOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("name", 1, 80).required(), Configurations.TAGS, Configurations.ENCRYPTION);

  private final Backend backend;

  private CreateActivityOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking("CreateActivity", INPUT, new CreateActivityOperation(backend)::run);
  }

  private void run(Call call) {
    var name = Names.check(call.text("name"));
    var activity =
        backend
            .catalog()
            .activities()
            .create(
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
