package io.stepwise.engine.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.DecisionScenario;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.execution.ExecutionStatus;
import org.junit.jupiter.api.Test;

/** Variables, data limits and the Context object. */
class DataTest {

  @Test
  void variablesAreSetTogetherAfterAllAreComputed() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"A","States":{
                 "A":{"Type":"Pass","Assign":{"x":1,"y":2},"Next":"B"},
                 "B":{"Type":"Pass","Assign":{"x.$":"$y","y.$":"$x"},"OutputPath":"$x","Next":"C"},
                 "C":{"Type":"Pass","Parameters":{"in.$":"$","x.$":"$x","y.$":"$y"},"End":true}}}
                """)
            .start("{}");

    assertThat(scenario.output()).isEqualTo("{\"in\":1,\"x\":2,\"y\":1}");
    assertThat(((EventDetails.StateExited) scenario.event(5).details()).assigned())
        .hasToString("{x=2, y=1}");
  }

  @Test
  void branchesSeeOuterVariablesAndKeepTheirOwn() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"A","States":{
                 "A":{"Type":"Pass","Assign":{"outer":1},"Next":"P"},
                 "P":{"Type":"Parallel","Next":"Z","Assign":{"result.$":"$[1]"},"Branches":[
                  {"StartAt":"B","States":{"B":{"Type":"Pass","Assign":{"own":10},"Next":"B2"},
                   "B2":{"Type":"Pass","Parameters":{"o.$":"$outer","w.$":"$own"},"End":true}}},
                  {"StartAt":"C","States":{"C":{"Type":"Pass","Assign":{"own":20},"Next":"C2"},
                   "C2":{"Type":"Pass","Parameters":{"o.$":"$outer","w.$":"$own"},"End":true}}}]},
                 "Z":{"Type":"Pass","Parameters":{"in.$":"$","r.$":"$result"},"End":true}}}""")
            .start("{}");

    assertThat(scenario.output())
        .isEqualTo("{\"in\":[{\"o\":1,\"w\":10},{\"o\":1,\"w\":20}],\"r\":{\"o\":1,\"w\":20}}");
  }

  @Test
  void variablesSurviveARestart() {
    var scenario =
        DecisionScenario.of(
                """
                {"QueryLanguage":"JSONata","StartAt":"A","States":{
                 "A":{"Type":"Pass","Assign":{"big":"{% $join($map([1..100], $string)) %}"},
                  "Next":"W"},
                 "W":{"Type":"Wait","Seconds":1,"Next":"Z"},
                 "Z":{"Type":"Pass","Output":"{% $length($big) %}","End":true}}}""")
            .start("{}")
            .restart();
    scenario.skip();

    assertThat(scenario.output()).isEqualTo("192");
  }

  @Test
  void undefinedVariableEndsTheExecution() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"C","States":{
                 "C":{"Type":"Choice","Choices":[{"Variable":"$.set","BooleanEquals":true,
                  "Assign":{"x":1},"Next":"A"}],"Default":"A"},
                 "A":{"Type":"Pass","Parameters":{"x.$":"$x"},"End":true}}}""")
            .start("{\"set\":false}");

    assertThat(scenario.execution().error()).isEqualTo("States.Runtime");
  }

  @Test
  void tooLargeStateOutputEndsTheExecution() {
    var scenario =
        DecisionScenario.of(
                """
                {"QueryLanguage":"JSONata","StartAt":"A","States":{
                 "A":{"Type":"Pass","Output":"{% $pad('', 262143, 'x') %}","End":true}}}""")
            .start("{}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered{A}",
            "3<-2 ExecutionFailed{States.DataLimitExceeded}");
    assertThat(scenario.execution().cause())
        .isEqualTo(
            "The state/task 'A' returned a result with a size exceeding the maximum number of bytes"
                + " service limit.");
  }

  @Test
  void outputOfExactlyTheLimitIsAccepted() {
    var scenario =
        DecisionScenario.of(
                """
                {"QueryLanguage":"JSONata","StartAt":"A","States":{
                 "A":{"Type":"Pass","Output":"{% $pad('', 262142, 'x') %}","End":true}}}""")
            .start("{}");

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  /** Source: recorded. */
  @Test
  void theContextOfASynchronousExpressExecutionKnowsNoRedrives() {
    var result =
        DecisionScenario.with(
                """
                {"StartAt":"A","States":{"A":{"Type":"Pass",
                 "Parameters":{"e.$":"$$.Execution"},"End":true}}}""")
            .express()
            .build()
            .runExpress("{}");

    assertThat(String.valueOf(result.orElseThrow().output()))
        .contains("\"RoleArn\":\"arn:aws:iam::123456789012:role/test\"}");
  }

  @Test
  void contextObjectOfATask() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"T","States":{"T":{"Type":"Task",
                 "Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"c.$":"$$"},
                 "Retry":[{"ErrorEquals":["E"]}],"End":true}}}""")
            .start("{\"a\":1}");
    scenario.fail("T", "E", null).skip();

    var context = scenario.task("T").parameters().tree().get("c");
    assertThat(context.get("Execution").toString())
        .isEqualTo(
            "{\"Id\":\"arn:aws:states:us-east-1:123456789012:execution:machine:run1\","
                + "\"Input\":{\"a\":1},\"StartTime\":\"2026-01-01T00:00:00Z\",\"Name\":\"run1\","
                + "\"RoleArn\":\"arn:aws:iam::123456789012:role/test\",\"RedriveCount\":0}");
    assertThat(context.get("StateMachine").toString())
        .isEqualTo(
            "{\"Id\":\"arn:aws:states:us-east-1:123456789012:stateMachine:machine\","
                + "\"Name\":\"machine\"}");
    assertThat(context.get("State").toString())
        .isEqualTo("{\"Name\":\"T\",\"EnteredTime\":\"2026-01-01T00:00:00Z\",\"RetryCount\":1}");
    assertThat(context.has("Task")).isFalse();
    assertThat(context.has("Map")).isFalse();
  }

  @Test
  void contextObjectInsideAnItemHasTheItem() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{
                 "StartAt":"I","States":{"I":{"Type":"Pass","Parameters":{"m.$":"$$.Map",
                 "s.$":"$$.State.Name"},"End":true}}}}}}""")
            .start("[\"a\"]");

    assertThat(scenario.output())
        .isEqualTo(
            "[{\"m\":{\"Item\":{\"Index\":0,\"Value\":\"a\",\"Source\":\"STATE_DATA\"}},"
                + "\"s\":\"I\"}]");
  }

  @Test
  void valuesOfTheMomentAreTheSameWithinADecision() {
    var scenario =
        DecisionScenario.of(
                """
                {"QueryLanguage":"JSONata","StartAt":"A","States":{
                 "A":{"Type":"Pass","Output":"{% $now() %}","End":true}}}""")
            .start("{}");

    assertThat(scenario.output()).isEqualTo("\"2026-01-01T00:00:00.000Z\"");
  }

  @Test
  void inputTextIsKeptAsGiven() {
    var scenario =
        DecisionScenario.of("{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Succeed\"}}}")
            .start("{ \"a\" : 1.0 }");

    assertThat(scenario.output()).isEqualTo("{ \"a\" : 1.0 }");
  }
}
