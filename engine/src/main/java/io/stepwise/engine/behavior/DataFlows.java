package io.stepwise.engine.behavior;

import io.stepwise.asl.model.DataFlow;
import io.stepwise.asl.model.DataFlow.PathField;
import io.stepwise.engine.behavior.Inspector.Stage;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.expression.jsonata.JsonataTemplate;
import io.stepwise.expression.jsonpath.PayloadTemplate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The order in which data flows through a state.
 *
 * <pre>
 * JSONPath  raw input ─InputPath─▶ ─Parameters─▶ work ─ResultSelector─▶ ─ResultPath─▶ ─OutputPath─▶
 * JSONata   raw input ─Arguments─▶ work ─┬─Output─▶
 *                                        └─Assign─▶ variables
 * </pre>
 *
 * A field that is left out hands the very same {@link Payload} on.
 */
final class DataFlows {
  /** The largest variable, and all variables of one Assign. Units: bytes. Source: AWS quotas. */
  private static final int ASSIGN_BYTES_MAX = 262_144;

  private DataFlows() {}

  /** What a state hands on: its output, and the variables it sets. */
  record Handover(Payload output, Map<String, Payload> assigned) {}

  /** The input after {@code InputPath}; in JSONata the raw input. */
  static Payload effectiveInput(Draft draft, Scope scope, DataFlow flow)
      throws EvaluationException {
    var input = scope.activeState().input();
    return switch (flow) {
      case DataFlow.JsonPath jsonPath -> {
        var effective = select(jsonPath.inputPath(), input, new StateBindings(draft, scope, input));
        draft.reached(Stage.AFTER_INPUT_PATH, effective);
        yield effective;
      }
      case DataFlow.Jsonata jsonata -> input;
    };
  }

  /** What the work of the state is given. */
  static Payload arguments(Draft draft, Scope scope, DataFlow flow, @Nullable String taskToken)
      throws EvaluationException {
    var effective = effectiveInput(draft, scope, flow);
    var arguments =
        switch (flow) {
          case DataFlow.JsonPath jsonPath ->
              jsonPath.parameters() == null
                  ? effective
                  : Payload.of(
                      jsonPath
                          .parameters()
                          .evaluate(
                              new StateBindings(draft, scope, effective).taskToken(taskToken)));
          case DataFlow.Jsonata jsonata ->
              jsonata.arguments() == null
                  ? effective
                  : Payload.of(
                      jsonata
                          .arguments()
                          .evaluate(
                              new StateBindings(draft, scope, effective).taskToken(taskToken),
                              "Arguments"));
        };
    draft.reached(
        flow instanceof DataFlow.JsonPath ? Stage.AFTER_PARAMETERS : Stage.AFTER_ARGUMENTS,
        arguments);
    return bounded(draft, scope, arguments);
  }

  /** Output and variables of a state whose work gave {@code result}. */
  static Handover afterResult(Draft draft, Scope scope, DataFlow flow, Payload result)
      throws EvaluationException {
    return switch (flow) {
      case DataFlow.JsonPath jsonPath -> {
        var bindings = new StateBindings(draft, scope, result);
        var selected =
            jsonPath.resultSelector() == null
                ? result
                : Payload.of(jsonPath.resultSelector().evaluate(bindings));
        draft.reached(Stage.AFTER_RESULT_SELECTOR, selected);
        var merged = merge(jsonPath.resultPath(), scope.activeState().input(), selected);
        draft.reached(Stage.AFTER_RESULT_PATH, merged);
        var output = select(jsonPath.outputPath(), merged, new StateBindings(draft, scope, merged));
        var assigned = assign(jsonPath.assign(), bindings);
        yield new Handover(bounded(draft, scope, output), assigned);
      }
      case DataFlow.Jsonata jsonata ->
          jsonata(draft, scope, jsonata, result, "", bindings(draft, scope).result(result));
    };
  }

  /** Output and variables of a state that has no work of its own: Choice, Wait, Succeed. */
  static Handover afterInput(Draft draft, Scope scope, DataFlow flow, String location)
      throws EvaluationException {
    return switch (flow) {
      case DataFlow.JsonPath jsonPath ->
          afterResult(draft, scope, jsonPath, effectiveInput(draft, scope, jsonPath));
      case DataFlow.Jsonata jsonata ->
          jsonata(
              draft, scope, jsonata, scope.activeState().input(), location, bindings(draft, scope));
    };
  }

  /** Output and variables of a state whose failure was caught. */
  static Handover afterError(
      Draft draft, Scope scope, DataFlow flow, Payload errorOutput, String location)
      throws EvaluationException {
    return switch (flow) {
      case DataFlow.JsonPath jsonPath -> {
        var output = merge(jsonPath.resultPath(), scope.activeState().input(), errorOutput);
        var assigned = assign(jsonPath.assign(), new StateBindings(draft, scope, errorOutput));
        yield new Handover(bounded(draft, scope, output), assigned);
      }
      case DataFlow.Jsonata jsonata ->
          jsonata(
              draft,
              scope,
              jsonata,
              errorOutput,
              location,
              bindings(draft, scope).errorOutput(errorOutput.tree()));
    };
  }

  /** Refuses a value over the service's limit, whatever it is. */
  static Payload bounded(Draft draft, Scope scope, Payload value) throws EvaluationException {
    if (value != scope.activeState().input()
        && value.sizeBytes() > draft.limits().payloadBytesMax()) {
      throw new EvaluationException(
          ErrorNames.DATA_LIMIT_EXCEEDED, tooLarge(scope.activeState().name()));
    }
    return value;
  }

  /** AWS's words for a value over the limit. */
  static String tooLarge(String stateOrTask) {
    return "The state/task '"
        + stateOrTask
        + "' returned a result with a size exceeding the maximum number of bytes service limit.";
  }

  private static StateBindings bindings(Draft draft, Scope scope) {
    return new StateBindings(draft, scope, scope.activeState().input());
  }

  private static Handover jsonata(
      Draft draft,
      Scope scope,
      DataFlow.Jsonata flow,
      Payload otherwise,
      String location,
      StateBindings bindings)
      throws EvaluationException {
    var assigned = assign(flow.assign(), bindings, location + "Assign");
    var output =
        flow.output() == null
            ? otherwise
            : Payload.of(flow.output().evaluate(bindings, location + "Output"));
    return new Handover(bounded(draft, scope, output), assigned);
  }

  private static Payload select(PathField field, Payload from, StateBindings bindings)
      throws EvaluationException {
    var path = field.path();
    if (path == null) {
      return Payload.EMPTY_OBJECT;
    }
    return path.isIdentity() ? from : Payload.of(path.evaluate(bindings));
  }

  private static Payload merge(PathField field, Payload input, Payload result)
      throws EvaluationException {
    var path = field.path();
    if (path == null) {
      return input;
    }
    return path.isIdentity() ? result : Payload.of(path.put(input.tree(), result.tree()));
  }

  private static Map<String, Payload> assign(
      @Nullable PayloadTemplate template, StateBindings bindings) throws EvaluationException {
    return template == null ? Map.of() : variables(template.evaluate(bindings));
  }

  private static Map<String, Payload> assign(
      @Nullable JsonataTemplate template, StateBindings bindings, String location)
      throws EvaluationException {
    return template == null ? Map.of() : variables(template.evaluate(bindings, location));
  }

  private static Map<String, Payload> variables(JsonNode values) throws EvaluationException {
    var variables = new LinkedHashMap<String, Payload>();
    var bytes = 0L;
    for (var property : values.properties()) {
      var value = Payload.of(property.getValue());
      bytes += value.sizeBytes();
      variables.put(property.getKey(), value);
    }
    if (bytes > ASSIGN_BYTES_MAX) {
      throw new EvaluationException(
          ErrorNames.DATA_LIMIT_EXCEEDED,
          "The size of the variables assigned exceeds the maximum number of bytes service limit.");
    }
    return variables;
  }

  /** An error output as a catcher sees it. */
  static Payload errorOutput(@Nullable String error, @Nullable String cause) {
    var node = Json.nodes().objectNode();
    node.put("Error", error);
    // AWS shows an empty cause for a failure that has a name only, such as a timeout.
    node.put("Cause", cause == null && error != null ? "" : cause);
    return Payload.of(node);
  }
}
