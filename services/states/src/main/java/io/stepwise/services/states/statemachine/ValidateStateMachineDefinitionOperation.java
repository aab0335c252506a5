package io.stepwise.services.states.statemachine;

import io.stepwise.asl.Diagnostic;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Definitions;

/** ValidateStateMachineDefinition. */
public final class ValidateStateMachineDefinitionOperation {
  private static final int DIAGNOSTICS_MAX = 100;
  private static final Shape INPUT =
      Shape.of(
          Member.text("definition", 1, Definitions.LENGTH_MAX).required(),
          Member.oneOf("type", "STANDARD", "EXPRESS"),
          Member.oneOf("severity", "ERROR", "WARNING"),
          Member.whole("maxResults", 0, 100));

  /** The operation. */
  public static Operation operation() {
    return Operation.blocking(
        "ValidateStateMachineDefinition",
        INPUT,
        new ValidateStateMachineDefinitionOperation()::run);
  }

  private void run(Call call) {
    var compiled =
        Definitions.check(call.text("definition"), Definitions.type(call.text("type", "STANDARD")));
    var warnings = call.text("severity", "ERROR").equals("WARNING");
    var asked = call.whole("maxResults", 0);
    var limit = asked == 0 ? DIAGNOSTICS_MAX : asked;
    var output = Outputs.object();
    output.put("result", compiled.definition().isPresent() ? "OK" : "FAIL");
    var list = output.putArray("diagnostics");
    var truncated = false;
    for (var diagnostic : compiled.diagnostics()) {
      if (!warnings && diagnostic.severity() == Diagnostic.Severity.WARNING) {
        continue;
      }
      if (list.size() == limit) {
        truncated = true;
        break;
      }
      var item = list.addObject();
      item.put("severity", diagnostic.severity().name());
      item.put("code", diagnostic.code());
      item.put("message", diagnostic.message());
      Outputs.put(item, "location", diagnostic.location());
    }
    output.put("truncated", truncated);
    call.reply(output);
  }
}
