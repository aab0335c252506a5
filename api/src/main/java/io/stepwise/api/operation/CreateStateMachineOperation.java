package io.stepwise.api.operation;

import io.stepwise.api.ApiError.ValidationException;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Names;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;
import io.stepwise.runtime.catalog.Catalog.NewStateMachine;

/** CreateStateMachine. */
final class CreateStateMachineOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(
          Member.text("name", 1, 80).required(),
          Member.text("definition", 1, Definitions.LENGTH_MAX).required(),
          Member.text("roleArn", 1, 256).required(),
          Member.oneOf("type", "STANDARD", "EXPRESS"),
          Configurations.LOGGING,
          Configurations.TAGS,
          Configurations.TRACING,
          Member.flag("publish"),
          Member.text("versionDescription", 0, 256),
          Configurations.ENCRYPTION);

  private final Backend backend;

  CreateStateMachineOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "CreateStateMachine";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {
    var name = Names.check(call.text("name"));
    var publish = call.flag("publish", false);
    checkDescription(call, publish);
    var settings = Configurations.settings(call);
    var type = Definitions.type(call.text("type", "STANDARD"));
    var definition = call.text("definition");
    var compiled = Definitions.compile(definition, type);
    var machine =
        backend
            .catalog()
            .create(
                new NewStateMachine(
                    call.identity().location().stateMachine(name).text(),
                    name,
                    type,
                    definition,
                    compiled,
                    call.text("roleArn"),
                    settings,
                    publish,
                    call.text("versionDescription", ""),
                    Configurations.tags(call.input().path("tags"))));
    var output = Outputs.object();
    output.put("stateMachineArn", machine.arn());
    Outputs.putTime(output, "creationDate", machine.createdMillis());
    if (publish) {
      output.put("stateMachineVersionArn", machine.versionArn(1));
    }
    call.reply(output);
  }

  /** A version that is not made cannot be described. */
  static void checkDescription(Call call, boolean publish) {
    if (!publish && !call.text("versionDescription", "").isEmpty()) {
      throw new ValidationException("Version description can only be set when publish is true")
          .toException();
    }
  }
}
