package io.stepwise.api.operation;

import io.stepwise.api.ApiError.ConflictException;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;
import io.stepwise.runtime.catalog.CatalogException;

/** PublishStateMachineVersion. */
final class PublishStateMachineVersionOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineArn", 1, 256).required(),
          Member.text("revisionId", 1, 256),
          Member.text("description", 0, 256));

  private final Backend backend;

  PublishStateMachineVersionOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "PublishStateMachineVersion";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var arn = call.text("stateMachineArn");
    Machines.unlabelled(arn);
    var asked = call.optionalText("revisionId");
    try {
      var version = backend.catalog().publish(arn, asked, call.optionalText("description"));
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
