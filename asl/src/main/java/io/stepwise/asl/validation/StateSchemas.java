package io.stepwise.asl.validation;

import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.asl.model.StateType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/** The table of fields of each state type. */
public final class StateSchemas {
  private static final Map<StateType, ObjectSchema> BY_TYPE = table();

  private StateSchemas() {}

  /** The shape of states of that type. */
  static ObjectSchema of(StateType type) {
    var shape = BY_TYPE.get(type);
    if (shape == null) {
      throw new IllegalStateException("Expected a table of " + type);
    }
    return shape;
  }

  /**
   * The names of the fields that states of a type may have, sorted, each with the only language it
   * is for, or empty for both.
   */
  public static SortedMap<String, Optional<QueryLanguage>> fields(StateType type) {
    return of(type).languages();
  }

  private static Map<StateType, ObjectSchema> table() {
    Map<StateType, ObjectSchema> table = new EnumMap<>(StateType.class);
    for (var type : StateType.values()) {
      table.put(
          type,
          switch (type) {
            case PASS -> pass();
            case TASK -> task();
            case CHOICE -> choice();
            case WAIT -> waiting();
            case SUCCEED -> succeed();
            case FAIL -> fail();
            case PARALLEL -> parallel();
            case MAP -> MapSchemas.map();
          });
    }
    return table;
  }

  /** What every state has. */
  private static ObjectSchema.Builder state() {
    return ObjectSchema.builder()
        .field("Type", Shapes.any())
        .field("Comment", Shapes.string())
        .field("QueryLanguage", Shapes.oneOf("JSONPath", "JSONata"));
  }

  /** With input and output. */
  private static ObjectSchema.Builder flowing(JsonataScope scope) {
    return state()
        .jsonPath("InputPath", Expressions.pathOrNull())
        .jsonPath("OutputPath", Expressions.pathOrNull())
        .jsonata("Output", Expressions.template(scope));
  }

  /** With variables and a way on. */
  private static ObjectSchema.Builder moving(JsonataScope scope) {
    return flowing(scope)
        .field("Assign", Assignments.assign(scope))
        .field("Next", Shapes.string())
        .field("End", Shapes.bool())
        .rule(StateSchemas::checkTransition);
  }

  /** With work that has a result and may fail. */
  static ObjectSchema.Builder working() {
    return moving(JsonataScope.RESULT)
        .jsonPath("ResultPath", Expressions.resultPath())
        .jsonPath("ResultSelector", Expressions.objectTemplate(JsonataScope.RESULT))
        .field("Retry", ErrorSchemas.retry())
        .field("Catch", ErrorSchemas.catching());
  }

  private static void checkTransition(JsonNode state, Place place) {
    var ends = state.has("End") && !(state.get("End").isBoolean() && !state.get("End").asBoolean());
    if (ends && state.has("Next")) {
      place.error("There should only be one of the following fields: [Next, End]");
    } else if (!ends && !state.has("Next")) {
      place.error("This object should have only one of the following fields: [Next, End]");
    }
  }

  private static ObjectSchema pass() {
    return moving(JsonataScope.INPUT)
        .jsonPath("Result", Warnings::checkResult)
        .jsonPath("Parameters", Expressions.template(JsonataScope.INPUT))
        .jsonPath("ResultPath", Expressions.resultPath())
        .build();
  }

  private static ObjectSchema task() {
    return working()
        .required("Resource")
        .field("Resource", Resources.shape())
        .field("Credentials", Resources.credentials())
        .jsonPath("Parameters", Expressions.template(JsonataScope.INPUT))
        .jsonata("Arguments", Expressions.template(JsonataScope.INPUT))
        .field("TimeoutSeconds", seconds(1))
        .jsonPath("TimeoutSecondsPath", Expressions.referencePath())
        .field("HeartbeatSeconds", seconds(1))
        .jsonPath("HeartbeatSecondsPath", Expressions.referencePath())
        .atMostOne("TimeoutSeconds", "TimeoutSecondsPath")
        .atMostOne("HeartbeatSeconds", "HeartbeatSecondsPath")
        .rule(StateSchemas::checkHeartbeat)
        .rule(Resources::checkCredentialsUse)
        .rule(IntegrationParameters::check)
        .build();
  }

  private static Shape seconds(int min) {
    return Warnings.noPath(Expressions.literalOrJsonata(Shapes.integer(min, Shapes.SECONDS_MAX)));
  }

  private static void checkHeartbeat(JsonNode state, Place place) {
    var timeout = state.get("TimeoutSeconds");
    var heartbeat = state.get("HeartbeatSeconds");
    if (timeout != null
        && heartbeat != null
        && timeout.isInt()
        && heartbeat.isInt()
        && heartbeat.intValue() >= timeout.intValue()) {
      place.field("HeartbeatSeconds").error("HeartbeatSeconds must be smaller than TimeoutSeconds");
    }
  }

  private static ObjectSchema choice() {
    return flowing(JsonataScope.INPUT)
        .required("Choices")
        .field("Assign", Assignments.assign(JsonataScope.INPUT))
        .field("Choices", Shapes.nonEmptyArray(ChoiceSchemas.RULE))
        .field("Default", Shapes.string())
        .build();
  }

  private static ObjectSchema waiting() {
    return moving(JsonataScope.INPUT)
        .field("Seconds", seconds(0))
        .jsonPath("SecondsPath", Expressions.referencePath())
        .field("Timestamp", Warnings.noPath(Expressions.literalOrJsonata(Shapes.timestamp())))
        .jsonPath("TimestampPath", Expressions.referencePath())
        .exactlyOne("SecondsPath", "Seconds", "TimestampPath", "Timestamp")
        .build();
  }

  private static ObjectSchema succeed() {
    return flowing(JsonataScope.INPUT).build();
  }

  private static ObjectSchema fail() {
    return state()
        .field("Error", Warnings.noPath(Expressions.literalOrJsonata(Shapes.string())))
        .field("Cause", Warnings.noPath(Expressions.literalOrJsonata(Shapes.string())))
        .jsonPath("ErrorPath", Expressions.textPath())
        .jsonPath("CausePath", Expressions.textPath())
        .atMostOne("Error", "ErrorPath")
        .atMostOne("Cause", "CausePath")
        .build();
  }

  private static ObjectSchema parallel() {
    return working()
        .required("Branches")
        .jsonPath("Parameters", Expressions.template(JsonataScope.INPUT))
        .jsonata("Arguments", Expressions.template(JsonataScope.INPUT))
        .field("Branches", Shapes.nonEmptyArray(GraphSchema::checkBranch))
        .build();
  }
}
