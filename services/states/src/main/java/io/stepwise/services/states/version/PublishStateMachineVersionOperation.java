package io.stepwise.services.states.version;

import io.stepwise.catalog.CatalogException;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Machines;
import io.stepwise.services.states.resource.StatesError.ConflictException;

/** PublishStateMachineVersion. */
public final class PublishStateMachineVersionOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineArn", 1, 256).required(),
          Member.text("revisionId", 1, 256),
          Member.text("description", 0, 256));

  private final Backend backend;

  private PublishStateMachineVersionOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "PublishStateMachineVersion", INPUT, new PublishStateMachineVersionOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("stateMachineArn");
    Machines.unlabelled(arn);
    var asked = call.optionalText("revisionId");
    try {
      var version =
          backend.catalog().versions().publish(arn, asked, call.optionalText("description"));
      var output = Outputs.object();
      Outputs.putTime(output, "creationDate", version.createdMillis());
      output.put("stateMachineVersionArn", version.arn());
      call.reply(output);
    } catch (CatalogException e) {
      if (e.reason() != CatalogException.Reason.REVISION_CONFLICT) {
        throw e;
      }
      throw new ConflictException(
              "Failed to publish the State Machine version for revision "
                  + asked
                  + ". The current State Machine revision is "
                  + e.subject()
                  + ".")
          .toException();
    }
  }
}
