package io.stepwise.asl.validation;

import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.asl.model.StateType;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tables of whatever has {@code States}: the machine, a branch, an item processor. */
public final class GraphSchema {
  /** Longest name of a state. Units: characters. */
  private static final int NAME_MAX = 80;

  private static final String TYPES = "[Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]";
  private static final Map<String, StateType> TYPES_BY_LABEL =
      Arrays.stream(StateType.values())
          .collect(Collectors.toUnmodifiableMap(StateType::label, Function.identity()));

  private static final ObjectSchema MACHINE =
      graph()
          .field("QueryLanguage", Shapes.oneOf("JSONPath", "JSONata"))
          .field("Version", Shapes.oneOf("1.0"))
          .field("TimeoutSeconds", Shapes.integer(0, Shapes.SECONDS_MAX))
          .build();
  private static final ObjectSchema BRANCH = graph().build();
  private static final ObjectSchema PROCESSOR =
      graph().field("ProcessorConfig", GraphSchema::checkConfig).build();

  private GraphSchema() {}

  /** Checks the shape of a whole definition. */
  public static void checkMachine(JsonNode value, Place place) {
    MACHINE.check(value, place);
  }

  static void checkBranch(JsonNode value, Place place) {
    BRANCH.check(value, place);
  }

  static void checkProcessor(JsonNode value, Place place) {
    var express =
        isDistributed(value)
            && text(value.path("ProcessorConfig"), "ExecutionType").equals("EXPRESS");
    PROCESSOR.check(value, express ? place.asType(StateMachineType.EXPRESS) : place);
    if (isDistributed(value) && place.type() == StateMachineType.EXPRESS) {
      place
          .field("ProcessorConfig")
          .field("Mode")
          .error(
              "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state"
                  + " machines");
    }
  }

  /** Whether an item processor asks for child executions. */
  public static boolean isDistributed(JsonNode processor) {
    return text(processor.path("ProcessorConfig"), "Mode").equals("DISTRIBUTED");
  }

  private static void checkConfig(JsonNode value, Place place) {
    var distributed = text(value, "Mode").equals("DISTRIBUTED");
    var table = ObjectSchema.builder().field("Mode", Shapes.oneOf("INLINE", "DISTRIBUTED"));
    if (distributed) {
      table.required("ExecutionType");
    }
    if (distributed || !text(value, "Mode").equals("INLINE")) {
      table.field("ExecutionType", Shapes.oneOf("STANDARD", "EXPRESS"));
    }
    table.build().check(value, place);
  }

  private static ObjectSchema.Builder graph() {
    return ObjectSchema.builder()
        .required("States", "StartAt")
        .field("Comment", Shapes.string())
        .field("StartAt", Shapes.string())
        .field("States", GraphSchema::checkStates);
  }

  private static void checkStates(JsonNode states, Place place) {
    if (!states.isObject()) {
      place.error("Expected value of type Object");
      return;
    }
    if (states.isEmpty()) {
      place.error("Value cannot be empty");
    }
    for (var entry : states.properties()) {
      checkState(entry.getKey(), entry.getValue(), place.field(entry.getKey()));
    }
  }

  private static void checkState(String name, JsonNode state, Place place) {
    if (name.isEmpty() || name.codePointCount(0, name.length()) > NAME_MAX) {
      place.error("INVALID_STATE_NAME", "State name must have 1 to " + NAME_MAX + " characters");
    }
    if (!state.isObject()) {
      place.error("Expected value of type Object");
    } else if (!state.has("Type")) {
      place.error("These fields are required: [Type]");
    } else {
      var type = typeOf(state);
      if (type == null) {
        place
            .field("Type")
            .errorOf(
                text(state, "Type"),
                TYPES_BY_LABEL.keySet(),
                "The field 'Type' should have one of these values: " + TYPES);
      } else {
        checkState(type, name, state, place);
      }
    }
  }

  private static void checkState(StateType type, String name, JsonNode state, Place place) {
    var asked = text(state, "QueryLanguage");
    if (asked.equals("JSONPath") && place.machineLanguage() == QueryLanguage.JSONATA) {
      place.error(
          "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
    }
    StateSchemas.of(type)
        .check(state, place.asState(name, Languages.of(state, place.machineLanguage())));
  }

  /** The type of a state, or null if it has none that exists. */
  public static @Nullable StateType typeOf(JsonNode state) {
    return TYPES_BY_LABEL.get(text(state, "Type"));
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asString("");
  }
}
