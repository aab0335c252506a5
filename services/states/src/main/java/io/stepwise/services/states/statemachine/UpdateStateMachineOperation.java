package io.stepwise.services.states.statemachine;

import io.stepwise.catalog.StateMachines.Update;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Configurations;
import io.stepwise.services.states.resource.Definitions;
import io.stepwise.services.states.resource.Machines;
import io.stepwise.services.states.resource.StatesError.MissingRequiredParameter;

/** UpdateStateMachine. */
public final class UpdateStateMachineOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineArn", 1, 256).required(),
          Member.text("definition", 1, Definitions.LENGTH_MAX),
          Member.text("roleArn", 1, 256),
          Configurations.LOGGING,
          Configurations.TRACING,
          Member.flag("publish"),
          Member.text("versionDescription", 0, 256),
          Configurations.ENCRYPTION);

  private final Backend backend;

  private UpdateStateMachineOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "UpdateStateMachine", INPUT, new UpdateStateMachineOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("stateMachineArn");
    Machines.unlabelled(arn);
    var publish = call.flag("publish", false);
    CreateStateMachineOperation.checkDescription(call, publish);
    var nothing =
        !call.has("definition")
            && !call.has("roleArn")
            && !call.has("loggingConfiguration")
            && !call.has("tracingConfiguration")
            && !call.has("encryptionConfiguration");
    if (nothing) {
      throw new MissingRequiredParameter(
              "Either the definition, the role ARN, the LoggingConfiguration, or the"
                  + " TracingConfiguration must be specified")
          .toException();
    }
    // The ARN of a version finds no state machine, as with AWS.
    var machine = Machines.live(backend, arn);
    var definition = call.optionalText("definition");
    var logging = Configurations.logging(call);
    Configurations.checkDestination(logging, backend);
    var updated =
        backend
            .catalog()
            .stateMachines()
            .update(
                new Update(
                    arn,
                    definition,
                    definition == null ? null : Definitions.compile(definition, machine.type()),
                    call.optionalText("roleArn"),
                    logging,
                    Configurations.tracing(call),
                    Configurations.encryption(call),
                    publish,
                    call.text("versionDescription", "")));
    var output = Outputs.object();
    Outputs.putTime(output, "updateDate", updated.updatedMillis());
    var revisionId = updated.revision().revisionId();
    Outputs.put(output, "revisionId", revisionId.isEmpty() ? null : revisionId);
    Outputs.put(output, "stateMachineVersionArn", updated.versionArn());
    call.reply(output);
  }
}
