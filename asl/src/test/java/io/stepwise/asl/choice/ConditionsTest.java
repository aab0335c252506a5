package io.stepwise.asl.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.model.ChoiceState;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Moment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ConditionsTest {

  private record Data(JsonNode input) implements Bindings {
    @Override
    public JsonNode context() {
      return Json.nodes().objectNode();
    }

    @Override
    public @Nullable JsonNode variable(String name) {
      return null;
    }

    @Override
    public Moment moment() {
      return new Moment(Instant.EPOCH, 1);
    }
  }

  private static boolean holds(String rule, String input) throws EvaluationException {
    return holds("JSONPath", rule, input);
  }

  private static boolean holds(String language, String rule, String input)
      throws EvaluationException {
    var state =
        "{\"Type\":\"Choice\",\"QueryLanguage\":\"%s\",\"Choices\":[{%s,\"Next\":\"N\"}]}"
            .formatted(language, rule);
    var compiled = new DefinitionCompiler().compileState(state, "S", StateMachineType.STANDARD);
    var choice =
        (ChoiceState)
            compiled
                .definition()
                .orElseThrow(() -> new AssertionError(compiled.diagnostics()))
                .root()
                .first();
    return choice.rules().getFirst().condition().holds(new Data(Json.parseTrusted(input)));
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, '\"a\"', '\"a\"', true",
    "StringEquals, '\"a\"', '1', false",
    "StringLessThan, '\"b\"', '\"a\"', true",
    "StringGreaterThan, '\"\"', '\"A\"', true",
    "StringGreaterThanEquals, '\"AB\"', '\"AB\"', true",
    "StringLessThanEquals, '\"A\"', '\"AB\"', false",
    "NumericEquals, '1', '1.0', true",
    "NumericEquals, '1', '\"1\"', false",
    "NumericLessThan, '0.3', '0.1', true",
    "NumericGreaterThan, '9007199254740992', '9007199254740993', true",
    "BooleanEquals, 'true', 'true', true",
    "BooleanEquals, 'false', 'null', false",
    "TimestampEquals, '\"2012-10-09T19:00:55Z\"', '\"2012-10-09T20:00:55+01:00\"', true",
    "TimestampLessThan, '\"2012-10-09T19:00:55Z\"', '\"2012-10-09T19:00:54.999Z\"', true",
    "TimestampEquals, '\"2012-10-09T19:00:55Z\"', '\"2012-10-09T19:00:55\"', false",
    "IsNull, 'true', 'null', true",
    "IsNull, 'false', '0', true",
    "IsPresent, 'true', 'null', true",
    "IsNumeric, 'true', '1.1', true",
    "IsString, 'true', '\"\"', true",
    "IsBoolean, 'true', '\"true\"', false",
    "IsTimestamp, 'true', '\"2012-10-09T19:00:55+01:00\"', true",
    "IsTimestamp, 'true', '\"2023-02-24\"', false"
  })
  void comparesByTypeAndValue(String operator, String operand, String value, boolean expected)
      throws EvaluationException {
    assertThat(
            holds(
                "\"Variable\":\"$.v\",\"%s\":%s".formatted(operator, operand),
                "{\"v\":" + value + "}"))
        .isEqualTo(expected);
  }

  @Test
  void readsTheOperandFromAPath() throws EvaluationException {
    var rule = "\"Variable\":\"$.v\",\"NumericLessThanEqualsPath\":\"$.w\"";

    assertThat(holds(rule, "{\"v\":1,\"w\":1}")).isTrue();
    assertThat(holds(rule, "{\"v\":2,\"w\":1}")).isFalse();
    assertThat(holds(rule, "{\"v\":2,\"w\":\"x\"}")).isFalse();
  }

  @Test
  void missingVariableIsAnErrorUnlessPresenceIsAsked() throws EvaluationException {
    assertThat(holds("\"Variable\":\"$.v\",\"IsPresent\":false", "{}")).isTrue();
    assertThatThrownBy(() -> holds("\"Variable\":\"$.v\",\"IsNull\":true", "{}"))
        .isInstanceOfSatisfying(
            EvaluationException.class,
            e -> {
              assertThat(e.error()).isEqualTo("States.Runtime");
              assertThat(e.cause())
                  .isEqualTo(
                      "Invalid path '$.v': The choice state's condition path references an invalid"
                          + " value.");
            });
  }

  @Test
  void combinationsStopWhenDecided() throws EvaluationException {
    var absent = "{\"Variable\":\"$.v\",\"IsPresent\":true}";
    var failing = "{\"Variable\":\"$.v\",\"IsNull\":true}";

    assertThat(holds("\"And\":[" + absent + "," + failing + "]", "{}")).isFalse();
    assertThat(holds("\"Or\":[{\"Not\":" + absent + "}," + failing + "]", "{}")).isTrue();
  }

  @Test
  void jsonataConditionsAreBoolean() throws EvaluationException {
    assertThat(holds("JSONata", "\"Condition\":true", "{}")).isTrue();
    assertThat(holds("JSONata", "\"Condition\":\"{% $states.input.n > 1 %}\"", "{\"n\":2}"))
        .isTrue();
    assertThatThrownBy(
            () -> holds("JSONata", "\"Condition\":\"{% $states.input.n %}\"", "{\"n\":2}"))
        .isInstanceOfSatisfying(
            EvaluationException.class,
            e -> {
              assertThat(e.error()).isEqualTo("States.QueryEvaluationError");
              assertThat(e.location()).isEqualTo("Choices[0]/Condition");
              assertThat(e.cause())
                  .isEqualTo(
                      "The JSONata expression '$states.input.n' specified for the field"
                          + " 'Choices[0]/Condition' returned an unexpected result type. Expected"
                          + " 'boolean', but was 'number' for value: 2");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "log-*.txt, log-1.txt, true",
    "log-*.txt, log-.tx, false",
    "*, '', true",
    "a*a, a, false",
    "*a*b*, xxaxxbxx, true",
    "*a*b*, xxbxxaxx, false",
    "a\\*b, a*b, true",
    "a\\*b, axb, false",
    "a\\\\*, a\\xyz, true",
    "plain, plain, true"
  })
  void starsStandForAnyText(String pattern, String text, boolean expected) {
    assertThat(StringPattern.compile(pattern).matches(text)).isEqualTo(expected);
  }

  @Test
  void matchingManyStarsDoesNotBacktrack() {
    var pattern = StringPattern.compile("a*".repeat(5_000) + "b");

    assertThat(pattern.matches("a".repeat(100_000))).isFalse();
  }
}
