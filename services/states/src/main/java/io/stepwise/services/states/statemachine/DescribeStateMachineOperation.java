package io.stepwise.services.states.statemachine;

import io.stepwise.catalog.Catalog.Resolved;
import io.stepwise.catalog.Version;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Arns;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Configurations;
import io.stepwise.services.states.resource.Included;
import io.stepwise.services.states.resource.MapStates;
import io.stepwise.services.states.resource.StatesError.StateMachineDoesNotExist;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * DescribeStateMachine: of a state machine, a version, an alias, or the processor of a Map state.
 */
public final class DescribeStateMachineOperation {
  private static final Shape INPUT =
      Shape.of(Member.text("stateMachineArn", 1, 256).required(), Included.MEMBER);

  private final Backend backend;

  private DescribeStateMachineOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "DescribeStateMachine", INPUT, new DescribeStateMachineOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("stateMachineArn");
    var parsed = Arns.stateMachine(arn);
    var label = parsed.label();
    backend.catalog().stateMachines().forgetDeleted(parsed.unqualified().text());
    var target =
        backend
            .catalog()
            .resolve(label == null ? arn : parsed.unqualified().text(), ThreadLocalRandom.current())
            .orElseThrow(() -> new StateMachineDoesNotExist(arn).toException());
    var machine = target.machine();
    var source = backend.catalog().source(target.revision());
    var compiled = backend.catalog().revision(target.revision()).definition();
    var processor = label == null ? null : MapStates.find(compiled, label);
    if (label != null && processor == null) {
      throw new StateMachineDoesNotExist(arn).toException();
    }
    var output = Outputs.object();
    output.put("stateMachineArn", arn);
    output.put("name", machine.name());
    output.put("status", machine.deleting() ? "DELETING" : "ACTIVE");
    var text = processor == null ? source.definition() : MapStates.text(processor);
    output.put("definition", Included.in(call) ? text : "{}");
    output.put("roleArn", source.roleArn());
    output.put("type", machine.type().name());
    var published = version(target);
    Outputs.putTime(
        output,
        "creationDate",
        published == null ? machine.createdMillis() : published.createdMillis());
    Configurations.put(output, source.settings());
    Outputs.put(output, "label", label);
    Outputs.put(output, "revisionId", source.revisionId().isEmpty() ? null : source.revisionId());
    if (published != null && !published.description().isEmpty()) {
      output.put("description", published.description());
    }
    MapStates.putReferences(
        output, backend.catalog().variableReferences(target.revision()), processor);
    call.reply(output);
  }

  private static @Nullable Version version(Resolved target) {
    return target.versionArn() == null ? null : target.machine().versionOf(target.revision());
  }
}
