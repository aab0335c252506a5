package io.stepwise.asl.compilation;

import io.stepwise.asl.model.ChoiceState;
import io.stepwise.asl.model.FailState;
import io.stepwise.asl.model.ParallelState;
import io.stepwise.asl.model.PassState;
import io.stepwise.asl.model.State;
import io.stepwise.asl.model.StateGraph;
import io.stepwise.asl.model.SucceedState;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.asl.model.TaskState;
import io.stepwise.asl.model.Transition;
import io.stepwise.asl.model.ValueSource;
import io.stepwise.asl.model.WaitState;
import io.stepwise.asl.validation.GraphSchema;
import io.stepwise.asl.validation.Resources;
import io.stepwise.expression.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Builds the model of one valid state. */
final class StateBuilder {
  private final MachineBuilder machine;
  private final String name;
  private final Fields fields;

  StateBuilder(MachineBuilder machine, String name, Fields fields) {
    this.machine = machine;
    this.name = name;
    this.fields = fields;
  }

  State build() {
    var type = Objects.requireNonNull(GraphSchema.typeOf(fields.object()));
    return switch (type) {
      case PASS -> pass();
      case TASK -> task();
      case CHOICE ->
          new ChoiceState(
              name, DataFlows.of(fields), Conditions.rules(fields), fields.textOrNull("Default"));
      case WAIT -> waiting();
      case SUCCEED -> new SucceedState(name, DataFlows.of(fields));
      case FAIL ->
          new FailState(name, DataFlows.of(fields), fields.source("Error"), fields.source("Cause"));
      case PARALLEL -> parallel();
      case MAP -> new MapBuilder(machine, name, fields).build(transition());
    };
  }

  private Transition transition() {
    var next = fields.textOrNull("Next");
    return next == null ? Transition.END : new Transition(next);
  }

  private PassState pass() {
    var result = fields.object().get("Result");
    return new PassState(
        name, DataFlows.of(fields), result == null ? null : Payload.of(result), transition());
  }

  private TaskState task() {
    return new TaskState(
        name,
        DataFlows.of(fields),
        resource(),
        fields.source("TimeoutSeconds"),
        fields.source("HeartbeatSeconds"),
        credentials(),
        ErrorHandling.retriers(fields),
        ErrorHandling.catchers(fields),
        transition());
  }

  private TaskResource resource() {
    return Objects.requireNonNull(Resources.parse(fields.text("Resource")));
  }

  private @Nullable ValueSource credentials() {
    return fields.has("Credentials")
        ? fields.in("Credentials").source("RoleArn", "RoleArn.$")
        : null;
  }

  private WaitState waiting() {
    var seconds = fields.source("Seconds");
    var duration = seconds == null ? fields.source("Timestamp") : seconds;
    return new WaitState(
        name, DataFlows.of(fields), Objects.requireNonNull(duration), transition());
  }

  private ParallelState parallel() {
    List<StateGraph> branches = new ArrayList<>();
    for (JsonNode branch : fields.object().path("Branches")) {
      branches.add(machine.graph(branch));
    }
    return new ParallelState(
        name,
        DataFlows.of(fields),
        branches,
        ErrorHandling.retriers(fields),
        ErrorHandling.catchers(fields),
        transition());
  }
}
