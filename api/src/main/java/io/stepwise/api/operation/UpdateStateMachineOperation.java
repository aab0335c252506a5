package io.stepwise.api.operation;

import io.stepwise.api.ApiError.MissingRequiredParameter;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;
import io.stepwise.runtime.catalog.Catalog.Update;

/** UpdateStateMachine. */
final class UpdateStateMachineOperation implements Operation.Blocking {
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

  UpdateStateMachineOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "UpdateStateMachine";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

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
    var updated =
        backend
            .catalog()
            .update(
                new Update(
                    arn,
                    definition,
                    definition == null ? null : Definitions.compile(definition, machine.type()),
                    call.optionalText("roleArn"),
                    Configurations.logging(call),
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
