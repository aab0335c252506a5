package io.stepwise.asl;

import static io.stepwise.asl.Definitions.compile;
import static io.stepwise.asl.Definitions.valid;
import static io.stepwise.asl.Definitions.validState;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.model.DataFlow;
import io.stepwise.asl.model.DataFlow.PathField;
import io.stepwise.asl.model.MapState;
import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.asl.model.StateGraph;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.asl.model.TaskState;
import io.stepwise.asl.model.ValueSource;
import io.stepwise.asl.model.WaitState;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompilationTest {
  private static final String NESTED =
      """
      {"Comment": "c", "TimeoutSeconds": 9, "StartAt": "P", "States": {
        "P": {"Type": "Parallel", "Next": "M", "Branches": [
          {"StartAt": "A", "States": {"A": {"Type": "Map", "End": true, "ItemProcessor": {
            "StartAt": "B", "States": {"B": {"Type": "Succeed"}}}}}},
          {"StartAt": "C", "States": {"C": {"Type": "Succeed"}}}]},
        "M": {"Type": "Map", "End": true, "ItemProcessor": {
          "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
          "StartAt": "D", "States": {"D": {"Type": "Succeed"}}}}}}
      """;

  @Test
  void numbersGraphsInTheOrderOfTheDocument() {
    var definition = valid(NESTED);

    assertThat(definition.graphs())
        .extracting(StateGraph::startAt)
        .containsExactly("P", "A", "B", "C", "D");
    assertThat(definition.graphs()).extracting(StateGraph::index).containsExactly(0, 1, 2, 3, 4);
    assertThat(definition.text()).isEqualTo(NESTED);
    assertThat(definition.comment()).isEqualTo("c");
    assertThat(definition.timeoutSeconds()).isEqualTo(OptionalInt.of(9));
    assertThat(definition.queryLanguage()).isEqualTo(QueryLanguage.JSONPATH);
  }

  @Test
  void distributedMapHasALabelAndTheTextOfItsChildren() {
    var distributed = distributed();

    assertThat(distributed.label()).matches("[0-9a-f-]{36}").isEqualTo(distributed().label());
    assertThat(distributed.executionType()).isEqualTo(StateMachineType.EXPRESS);
    assertThat(distributed.processorText())
        .isEqualTo("{\"StartAt\":\"D\",\"States\":{\"D\":{\"Type\":\"Succeed\"}}}");
  }

  private static MapState.Distributed distributed() {
    return Objects.requireNonNull(((MapState) valid(NESTED).root().state("M")).distributed());
  }

  @Test
  void retriersHaveDefaults() {
    var task =
        (TaskState)
            validState(
                """
                {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync", "End": true,
                 "Retry": [{"ErrorEquals": ["A"]}],
                 "Catch": [{"ErrorEquals": ["B"], "Next": "S", "ResultPath": null}]}
                """);

    var retrier = task.retriers().getFirst();
    assertThat(retrier.intervalSeconds()).isEqualTo(1);
    assertThat(retrier.maxAttempts()).isEqualTo(3);
    assertThat(retrier.backoffRate()).isEqualTo(2.0);
    assertThat(retrier.maxDelaySeconds()).isEmpty();
    assertThat(retrier.fullJitter()).isFalse();
    assertThat(((DataFlow.JsonPath) task.catchers().getFirst().dataFlow()).resultPath())
        .isEqualTo(PathField.NOTHING);
  }

  @Test
  void resourcesTellServiceActionAndPattern() {
    var task =
        (TaskState)
            validState(
                """
                {"Type": "Task", "End": true,
                 "Resource": "arn:aws:states:::aws-sdk:sqs:sendMessage.waitForTaskToken"}
                """);

    var integration = (TaskResource.ServiceIntegration) task.resource();
    assertThat(integration.service()).isEqualTo("aws-sdk:sqs");
    assertThat(integration.action()).isEqualTo("sendMessage");
    assertThat(integration.resource()).isEqualTo("sendMessage.waitForTaskToken");
  }

  @Test
  void valuesTellWhereTheyComeFrom() {
    var literal = (WaitState) validState("{\"Type\":\"Wait\",\"Seconds\":1,\"End\":true}");
    var path = (WaitState) validState("{\"Type\":\"Wait\",\"TimestampPath\":\"$.t\",\"End\":true}");
    var jsonata =
        (WaitState)
            validState(
                """
                {"Type": "Wait", "QueryLanguage": "JSONata", "Seconds": "{% 1 + 1 %}", "End": true}
                """);

    assertThat(literal.duration()).isInstanceOf(ValueSource.Literal.class);
    assertThat(path.duration()).isInstanceOf(ValueSource.FromPath.class);
    assertThat(path.duration().field()).isEqualTo("TimestampPath");
    assertThat(jsonata.duration()).isInstanceOf(ValueSource.FromJsonata.class);
  }

  @Test
  void parametersOfAMapAreItsItemSelector() {
    var map =
        (MapState)
            validState(
                """
                {"Type": "Map", "End": true, "Parameters": {"a.$": "$"}, "Iterator": {
                  "StartAt": "X", "States": {"X": {"Type": "Succeed"}}}}
                """);

    assertThat(map.itemSelector()).isInstanceOf(MapState.ItemTemplate.JsonPath.class);
    assertThat(((DataFlow.JsonPath) map.dataFlow()).parameters()).isNull();
  }

  @Test
  void namesTheVariablesEachStateReads() {
    var text =
        """
        {"StartAt": "C", "States": {
          "C": {"Type": "Choice", "Default": "M",
            "Choices": [{"Variable": "$guess", "StringEqualsPath": "$answer", "Next": "J"}]},
          "J": {"Type": "Pass", "QueryLanguage": "JSONata", "Next": "M",
            "Output": {"v": "{% $sum($items) + $states.input.n %}"}},
          "M": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "I", "States": {
            "I": {"Type": "Pass", "End": true,
              "Assign": {"s.$": "States.MathAdd(States.MathAdd($b, $a), $.x)"}}}}}}}
        """;

    assertThat(compile(text).variableReferences())
        .isEqualTo(
            Map.of("C", Set.of("answer", "guess"), "I", Set.of("a", "b"), "J", Set.of("items")));
    assertThat(compile(text).variableReferences().get("C")).containsExactly("answer", "guess");
  }

  @Test
  void fiveThousandStatesTakeNoTimeWorthNoting() {
    var states = new StringBuilder("{\"StartAt\":\"S0\",\"States\":{");
    for (var i = 0; i < 5000; i++) {
      states.append(
          """
          "S%d":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","ResultPath":"$.r",\
          "Parameters":{"FunctionName":"f","Payload":{"a.$":"$.b.c"}},"Next":"S%d"},"""
              .formatted(i, i + 1));
    }
    var text = states.append("\"S5000\":{\"Type\":\"Succeed\"}}}").toString();
    valid(text);

    var start = System.nanoTime();
    valid(text);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }
}
