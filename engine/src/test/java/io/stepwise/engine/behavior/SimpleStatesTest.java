package io.stepwise.engine.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.DecisionScenario;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.execution.ExecutionStatus;
import org.junit.jupiter.api.Test;

/** Pass, Choice, Succeed and Fail. */
class SimpleStatesTest {

  @Test
  void helloWorldHasFourEvents() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"Hello","States":{"Hello":{"Type":"Pass","Result":"hi","End":true}}}""")
            .start("{}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered{Hello}",
            "3<-2 PassStateExited{Hello}",
            "4<-3 ExecutionSucceeded");
    assertThat(scenario.output()).isEqualTo("\"hi\"");
  }

  @Test
  void passMergesParametersIntoItsInput() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"P","States":{"P":{"Type":"Pass","InputPath":"$.a",
                 "Parameters":{"x.$":"$.b","fixed":1},"ResultPath":"$.r","OutputPath":"$.r",
                 "End":true}}}""")
            .start("{\"a\":{\"b\":7}}");

    assertThat(scenario.output()).isEqualTo("{\"x\":7,\"fixed\":1}");
  }

  @Test
  void choiceTakesTheFirstRuleThatHolds() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"C","States":{
                 "C":{"Type":"Choice","Choices":[
                   {"Variable":"$.n","NumericGreaterThan":10,"Next":"Big"},
                   {"Variable":"$.n","NumericGreaterThan":1,"Next":"Middle"}],"Default":"Small"},
                 "Big":{"Type":"Succeed"},"Middle":{"Type":"Succeed"},"Small":{"Type":"Succeed"}}}
                """)
            .start("{\"n\":5}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 ChoiceStateEntered{C}",
            "3<-2 ChoiceStateExited{C}",
            "4<-3 SucceedStateEntered{Middle}",
            "5<-4 SucceedStateExited{Middle}",
            "6<-5 ExecutionSucceeded");
  }

  @Test
  void choiceAssignsByTheMatchedRuleOnly() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"C","States":{
                 "C":{"Type":"Choice","Assign":{"by":"state"},"Choices":[
                   {"Variable":"$.n","NumericEquals":1,"Next":"P","Assign":{"by":"rule"}}],
                   "Default":"P"},
                 "P":{"Type":"Pass","Parameters":{"by.$":"$by"},"End":true}}}""")
            .start("{\"n\":1}");

    assertThat(scenario.output()).isEqualTo("{\"by\":\"rule\"}");
    assertThat(scenario.start("{\"n\":2}").output()).isEqualTo("{\"by\":\"state\"}");
  }

  @Test
  void choiceWithoutMatchFailsTheExecution() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"C","States":{
                 "C":{"Type":"Choice","Choices":[
                   {"Variable":"$.n","NumericEquals":1,"Next":"S"}]},
                 "S":{"Type":"Succeed"}}}""")
            .start("{\"n\":2}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 ChoiceStateEntered{C}",
            "3<-2 ExecutionFailed{States.Runtime}");
    assertThat(scenario.execution().cause())
        .isEqualTo(
            "An error occurred while executing the state 'C' (entered at the event id #2). Failed"
                + " to transition out of the state. The state does not point to a next state.");
  }

  @Test
  void failStateHasNoExitedEvent() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"P","States":{"P":{"Type":"Pass","Next":"F"},
                 "F":{"Type":"Fail","Error":"Custom","Cause":"because"}}}""")
            .start("{}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered{P}",
            "3<-2 PassStateExited{P}",
            "4<-3 FailStateEntered{F}",
            "5<-4 ExecutionFailed{Custom}");
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(scenario.execution().cause()).isEqualTo("because");
  }

  @Test
  void failStateMayHaveNeitherErrorNorCause() {
    var scenario =
        DecisionScenario.of("{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\"}}}")
            .start("{}");

    assertThat(scenario.event(3).details()).isEqualTo(new EventDetails.Failure(null, null));
  }

  @Test
  void failStateTakesErrorAndCauseFromPaths() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"F","States":{"F":{"Type":"Fail","ErrorPath":"$.e",
                 "CausePath":"States.Format('about {}', $.c)"}}}""")
            .start("{\"e\":\"E1\",\"c\":\"it\"}");

    assertThat(scenario.event(3).details()).isEqualTo(new EventDetails.Failure("E1", "about it"));
  }

  @Test
  void pathErrorEndsTheExecutionAfterTheStatesLastEvent() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"P","States":{"P":{"Type":"Pass","InputPath":"$.missing","End":true}}}
                """)
            .start("{}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered{P}",
            "3<-2 ExecutionFailed{States.Runtime}");
  }

  @Test
  void jsonataErrorHangsOnTheEventBeforeTheState() {
    var scenario =
        DecisionScenario.of(
                """
                {"QueryLanguage":"JSONata","StartAt":"A","States":{
                 "A":{"Type":"Pass","Next":"B"},
                 "B":{"Type":"Pass","Output":"{% $states.input.missing %}","End":true}}}""")
            .start("{}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered{A}",
            "3<-2 PassStateExited{A}",
            "4<-3 PassStateEntered{B}",
            "5<-3 EvaluationFailed{States.QueryEvaluationError}",
            "6<-5 ExecutionFailed{States.QueryEvaluationError}");
    assertThat(scenario.event(5).details())
        .isEqualTo(
            new EventDetails.EvaluationFailed(
                "B",
                "States.QueryEvaluationError",
                "An error occurred while executing the state 'B' (entered at the event id #4). The"
                    + " JSONata expression '$states.input.missing' specified for the field 'Output'"
                    + " returned nothing (undefined).",
                "Output"));
  }

  @Test
  void jsonataErrorOfTheFirstStateHasNoCause() {
    var scenario =
        DecisionScenario.of(
                """
                {"QueryLanguage":"JSONata","StartAt":"B","States":{
                 "B":{"Type":"Pass","Assign":{"x":"{% $states.input.missing %}"},"End":true}}}""")
            .start("{}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered{B}",
            "3<-0 EvaluationFailed{States.QueryEvaluationError}",
            "4<-3 ExecutionFailed{States.QueryEvaluationError}");
  }

  @Test
  void succeedShapesTheOutput() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"S","States":{"S":{"Type":"Succeed","OutputPath":"$.keep"}}}""")
            .start("{\"keep\":[1,2]}");

    assertThat(scenario.output()).isEqualTo("[1,2]");
  }
}
