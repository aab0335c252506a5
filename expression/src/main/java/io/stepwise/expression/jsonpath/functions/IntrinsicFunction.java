package io.stepwise.expression.jsonpath.functions;

import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Moment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The table of intrinsic functions: name, number of arguments, and what computes the value. */
public enum IntrinsicFunction {
  FORMAT("States.Format", 1, 10_000, (args, _) -> TextFunctions.format(args)),
  STRING_TO_JSON("States.StringToJson", 1, 1, (args, _) -> TextFunctions.stringToJson(args)),
  JSON_TO_STRING(
      "States.JsonToString", 1, 1, (args, _) -> Json.nodes().stringNode(Json.print(args.value(0)))),
  ARRAY("States.Array", 0, 10_000, (args, _) -> ArrayFunctions.array(args)),
  ARRAY_PARTITION("States.ArrayPartition", 2, 2, (args, _) -> ArrayFunctions.partition(args)),
  ARRAY_CONTAINS("States.ArrayContains", 2, 2, (args, _) -> ArrayFunctions.contains(args)),
  ARRAY_RANGE("States.ArrayRange", 3, 3, (args, _) -> ArrayFunctions.range(args)),
  ARRAY_GET_ITEM("States.ArrayGetItem", 2, 2, (args, _) -> ArrayFunctions.getItem(args)),
  ARRAY_LENGTH(
      "States.ArrayLength", 1, 1, (args, _) -> Json.nodes().numberNode(args.array(0).size())),
  ARRAY_UNIQUE("States.ArrayUnique", 1, 1, (args, _) -> ArrayFunctions.unique(args)),
  BASE64_ENCODE("States.Base64Encode", 1, 1, (args, _) -> TextFunctions.base64Encode(args)),
  BASE64_DECODE("States.Base64Decode", 1, 1, (args, _) -> TextFunctions.base64Decode(args)),
  HASH("States.Hash", 2, 2, (args, _) -> TextFunctions.hash(args)),
  JSON_MERGE("States.JsonMerge", 3, 3, (args, _) -> TextFunctions.jsonMerge(args)),
  MATH_RANDOM("States.MathRandom", 2, 3, NumberFunctions::random),
  MATH_ADD("States.MathAdd", 2, 2, (args, _) -> NumberFunctions.add(args)),
  STRING_SPLIT("States.StringSplit", 2, 2, (args, _) -> TextFunctions.split(args)),
  UUID("States.UUID", 0, 0, (_, moment) -> Json.nodes().stringNode(moment.nextUuid()));

  private static final Map<String, IntrinsicFunction> BY_LABEL =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(IntrinsicFunction::label, Function.identity()));

  private final String label;
  private final int argumentsMin;
  private final int argumentsMax;

  @SuppressWarnings("ImmutableEnumChecker") // the lambdas of the table capture nothing
  private final Implementation implementation;

  IntrinsicFunction(
      String label, int argumentsMin, int argumentsMax, Implementation implementation) {
    this.label = label;
    this.argumentsMin = argumentsMin;
    this.argumentsMax = argumentsMax;
    this.implementation = implementation;
  }

  /** The function of that full name, or null. */
  public static @Nullable IntrinsicFunction named(String label) {
    return BY_LABEL.get(label);
  }

  /** The full name, e.g. {@code States.Format}. */
  public String label() {
    return label;
  }

  /** Whether a call may have so many arguments. */
  public boolean accepts(int arguments) {
    return arguments >= argumentsMin && arguments <= argumentsMax;
  }

  /** Computes the value. Errors: {@code States.IntrinsicFailure}. */
  public JsonNode apply(List<JsonNode> arguments, Moment moment) throws EvaluationException {
    return implementation.apply(new Arguments(label, arguments), moment);
  }

  private interface Implementation {
    JsonNode apply(Arguments arguments, Moment moment) throws EvaluationException;
  }
}
