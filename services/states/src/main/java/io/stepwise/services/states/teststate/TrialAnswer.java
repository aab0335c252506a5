package io.stepwise.services.states.teststate;

import io.stepwise.asl.model.StateType;
import io.stepwise.engine.behavior.Inspector.Stage;
import io.stepwise.engine.teststate.TrialResult;
import io.stepwise.expression.Json;
import io.stepwise.protocol.Outputs;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Writes the answer of TestState. */
final class TrialAnswer {
  private TrialAnswer() {}

  static ObjectNode of(TrialRequest request, TrialResult result) {
    var sources = request.sources();
    var answer = Outputs.object();
    if (result.output() != null) {
      answer.put("output", result.output().text());
    }
    Outputs.put(answer, "error", result.error());
    Outputs.put(answer, "cause", result.cause());
    if (!request.inspectionLevel().equals("INFO")) {
      inspect(answer.putObject("inspectionData"), request, result, sources);
    }
    Outputs.put(answer, "nextState", result.nextState());
    answer.put("status", result.status().name());
    return answer;
  }

  private static void inspect(
      ObjectNode data, TrialRequest request, TrialResult result, SourceTexts sources) {
    data.put("input", request.setup().header().input().text());
    var type = request.setup().state().type();
    result
        .stages()
        .forEach(
            (stage, value) -> {
              if (shows(type, stage)) {
                data.put(member(stage), sources.of(value));
              }
            });
    result
        .limits()
        .forEach(
            (limit, value) -> {
              switch (limit) {
                case MAX_CONCURRENCY -> data.put("maxConcurrency", value.longValue());
                case TOLERATED_FAILURE_COUNT ->
                    data.put("toleratedFailureCount", value.longValue());
                case TOLERATED_FAILURE_PERCENTAGE -> data.put("toleratedFailurePercentage", value);
              }
            });
    if (!result.variables().isEmpty()) {
      var variables = Json.nodes().objectNode();
      result.variables().forEach((name, value) -> variables.set(name, value.tree()));
      data.put("variables", Json.print(variables));
    }
    putErrorDetails(data, result);
  }

  private static void putErrorDetails(ObjectNode data, TrialResult result) {
    if (result.retryIndex() == null && result.catchIndex() == null) {
      return;
    }
    var details = data.putObject("errorDetails");
    if (result.catchIndex() != null) {
      details.put("catchIndex", result.catchIndex());
    }
    if (result.retryIndex() != null) {
      details.put("retryIndex", result.retryIndex());
    }
    if (result.retrySeconds() != null) {
      details.put(
          "retryBackoffIntervalSeconds", Math.round(Objects.requireNonNull(result.retrySeconds())));
    }
  }

  /** What AWS shows of a state of that type. */
  private static boolean shows(StateType type, Stage stage) {
    return switch (type) {
      case PASS, TASK -> true;
      case CHOICE, WAIT, SUCCEED, FAIL -> stage == Stage.AFTER_INPUT_PATH;
      case PARALLEL -> stage == Stage.AFTER_RESULT_SELECTOR || stage == Stage.AFTER_RESULT_PATH;
      case MAP -> stage != Stage.RESULT;
    };
  }

  private static String member(Stage stage) {
    return switch (stage) {
      case AFTER_INPUT_PATH -> "afterInputPath";
      case AFTER_PARAMETERS -> "afterParameters";
      case AFTER_ARGUMENTS -> "afterArguments";
      case RESULT -> "result";
      case AFTER_RESULT_SELECTOR -> "afterResultSelector";
      case AFTER_RESULT_PATH -> "afterResultPath";
      case AFTER_ITEMS_PATH -> "afterItemsPath";
      case AFTER_ITEMS_POINTER -> "afterItemsPointer";
      case AFTER_ITEM_SELECTOR -> "afterItemSelector";
      case AFTER_ITEM_BATCHER -> "afterItemBatcher";
    };
  }
}
