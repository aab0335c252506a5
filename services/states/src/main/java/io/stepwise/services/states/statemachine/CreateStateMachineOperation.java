package io.stepwise.services.states.statemachine;

import io.stepwise.catalog.StateMachines.NewStateMachine;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError.ValidationException;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Configurations;
import io.stepwise.services.states.resource.Definitions;
import io.stepwise.services.states.resource.Names;

/** CreateStateMachine. */
public final class CreateStateMachineOperation {
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

  private CreateStateMachineOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "CreateStateMachine", INPUT, new CreateStateMachineOperation(backend)::run);
  }

  private void run(Call call) {
    var name = Names.check(call.text("name"));
    var publish = call.flag("publish", false);
    checkDescription(call, publish);
    var settings = Configurations.settings(call);
    Configurations.checkDestination(settings.logging(), backend);
    var type = Definitions.type(call.text("type", "STANDARD"));
    var definition = call.text("definition");
    var compiled = Definitions.compile(definition, type);
    var machine =
        backend
            .catalog()
            .stateMachines()
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
    output.put("stateMachineArn", machine.arn().text());
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
