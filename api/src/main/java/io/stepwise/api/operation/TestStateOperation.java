package io.stepwise.api.operation;

import io.stepwise.api.ApiError.UnknownOperationException;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Shape;

/** TestState: not yet. */
final class TestStateOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(
          Member.text("definition", 1, Definitions.LENGTH_MAX).required(),
          Member.text("roleArn", 1, 256),
          Member.text("input", 0, StartInput.INPUT_BYTES_MAX),
          Member.oneOf("inspectionLevel", "INFO", "DEBUG", "TRACE"),
          Member.flag("revealSecrets"),
          Member.text("variables", 0, StartInput.INPUT_BYTES_MAX),
          Member.text("stateName", 1, 80),
          Member.text("context", 0, StartInput.INPUT_BYTES_MAX));

  @Override
  public String name() {
    return "TestState";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    throw new UnknownOperationException("TestState is not supported yet").toException();
  }
}
