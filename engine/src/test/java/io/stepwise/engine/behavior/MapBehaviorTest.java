package io.stepwise.engine.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.DecisionScenario;
import io.stepwise.engine.execution.ExecutionStatus;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The inline Map. */
class MapBehaviorTest {

  private static DecisionScenario map(String fields, String inner) {
    return DecisionScenario.of(
        "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\","
            + fields
            + "\"ItemProcessor\":{\"StartAt\":\"I\",\"States\":{\"I\":{"
            + inner
            + "}}},\"End\":true}}}");
  }

  private static final String PASS = "\"Type\":\"Pass\",\"End\":true";
  private static final String TASK =
      "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage\",\"End\":true";
  private static final String FAIL = "\"Type\":\"Fail\",\"Error\":\"E\"";

  @Test
  void runsItemsOneAfterTheOther() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"P","States":{"P":{"Type":"Pass","Next":"M"},
                 "M":{"Type":"Map","MaxConcurrency":1,"End":true,"ItemProcessor":{"StartAt":"I",
                  "States":{"I":{"Type":"Pass","End":true}}}}}}""")
            .start("[1,2]");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered{P}",
            "3<-2 PassStateExited{P}",
            "4<-3 MapStateEntered{M}",
            "5<-4 MapStateStarted{2}",
            "6<-5 MapIterationStarted{0}",
            "7<-6 PassStateEntered{I}",
            "8<-7 PassStateExited{I}",
            "9<-8 MapIterationSucceeded{0}",
            "10<-8 MapIterationStarted{1}",
            "11<-10 PassStateEntered{I}",
            "12<-11 PassStateExited{I}",
            "13<-12 MapIterationSucceeded{1}",
            "14<-13 MapStateSucceeded",
            "15<-13 MapStateExited{M}",
            "16<-15 ExecutionSucceeded");
    assertThat(scenario.output()).isEqualTo("[1,2]");
  }

  @Test
  void startsAllItemsBeforeAnyRuns() {
    var scenario = map("", PASS).start("[1,2,3]");

    assertThat(scenario.history().subList(2, 9))
        .containsExactly(
            "3<-2 MapStateStarted{3}",
            "4<-3 MapIterationStarted{0}",
            "5<-3 MapIterationStarted{1}",
            "6<-3 MapIterationStarted{2}",
            "7<-4 PassStateEntered{I}",
            "8<-7 PassStateExited{I}",
            "9<-5 PassStateEntered{I}");
    assertThat(scenario.output()).isEqualTo("[1,2,3]");
  }

  @Test
  void emptyArraySucceedsWithoutIterations() {
    var scenario = map("", PASS).start("[]");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 MapStateEntered{M}",
            "3<-2 MapStateStarted{0}",
            "4<-3 MapStateSucceeded",
            "5<-3 MapStateExited{M}",
            "6<-5 ExecutionSucceeded");
    assertThat(scenario.output()).isEqualTo("[]");
  }

  @Test
  void keepsTheOrderOfItemsWhateverTheOrderOfResults() {
    var scenario = map("", TASK).start("[\"a\",\"b\"]");
    var first = scenario.openTasks().get(0);
    var second = scenario.openTasks().get(1);
    assertThat(first.parameters().text()).isEqualTo("\"a\"");
    assertThat(second.parameters().text()).isEqualTo("\"b\"");

    scenario.answer(second, "\"B\"").restart();
    scenario.answer(first, "\"A\"");

    assertThat(scenario.output()).isEqualTo("[\"A\",\"B\"]");
  }

  @Test
  void freesASlotForTheNextItem() {
    var scenario = map("\"MaxConcurrency\":2,", TASK).start("[0,1,2,3]");

    assertThat(scenario.openTasks()).hasSize(2);
    scenario.succeed("I", "1");
    assertThat(scenario.openTasks()).hasSize(2);
    assertThat(scenario.history())
        .endsWith(
            "12<-8 TaskSucceeded",
            "13<-12 TaskStateExited{I}",
            "14<-13 MapIterationSucceeded{0}",
            "15<-13 MapIterationStarted{2}",
            "16<-15 TaskStateEntered{I}",
            "17<-16 TaskScheduled",
            "18<-17 TaskStarted");
  }

  @Test
  void timeoutOfOneItemAbortsTheOthers() {
    var scenario = map("", TASK + ",\"TimeoutSeconds\":5").start("[0,1,2]");
    scenario.skip();

    // 7, 10 and 13 are the Entered events of the three; all three are due in this instant.
    assertThat(scenario.history().subList(15, 24))
        .containsExactly(
            "16<-9 TaskTimedOut{States.Timeout}",
            "17<-16 MapIterationFailed{0}",
            "18<-16 TaskStateAborted",
            "19<-16 MapIterationAborted{1}",
            "20<-16 TaskStateAborted",
            "21<-16 MapIterationAborted{2}",
            "22<-16 TaskStateAborted",
            "23<-16 MapStateFailed",
            "24<-23 ExecutionFailed{States.Timeout}");
    assertThat(scenario.history()).hasSize(24);
  }

  @Test
  void finishedItemsAreNotAborted() {
    var scenario = map("", TASK).start("[0,1,2]");
    scenario.succeed("I", "1").fail("I", "E", null);

    assertThat(scenario.history())
        .noneMatch(line -> line.contains("MapIterationAborted{0}"))
        .anyMatch(line -> line.contains("MapIterationFailed{1}"))
        .anyMatch(line -> line.contains("MapIterationAborted{2}"));
  }

  @Test
  void failStateInAnItemIsNotAborted() {
    var scenario = map("", FAIL).start("[1]");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 MapStateEntered{M}",
            "3<-2 MapStateStarted{1}",
            "4<-3 MapIterationStarted{0}",
            "5<-4 FailStateEntered{I}",
            "6<-5 MapIterationFailed{0}",
            "7<-5 MapStateFailed",
            "8<-7 ExecutionFailed{E}");
  }

  @Test
  void retryRunsAllItemsAgain() {
    var scenario =
        map("\"Retry\":[{\"ErrorEquals\":[\"E\"],\"MaxAttempts\":1}],", FAIL).start("[1]");
    assertThat(scenario.history()).last().isEqualTo("6<-5 MapIterationFailed{0}");

    scenario.restart().skip();

    assertThat(scenario.history().subList(5, 12))
        .containsExactly(
            "6<-5 MapIterationFailed{0}",
            "7<-5 MapStateStarted{1}",
            "8<-7 MapIterationStarted{0}",
            "9<-8 FailStateEntered{I}",
            "10<-9 MapIterationFailed{0}",
            "11<-9 MapStateFailed",
            "12<-11 ExecutionFailed{E}");
  }

  @Test
  void catchExitsAfterMapStateFailed() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"I",
                 "States":{"I":{"Type":"Fail","Error":"E"}}},
                 "Catch":[{"ErrorEquals":["E"],"Next":"C"}],"End":true},
                 "C":{"Type":"Pass","End":true}}}""")
            .start("[1]");

    assertThat(scenario.history())
        .endsWith(
            "7<-5 MapStateFailed",
            "8<-7 MapStateExited{M}",
            "9<-8 PassStateEntered{C}",
            "10<-9 PassStateExited{C}",
            "11<-10 ExecutionSucceeded");
  }

  @Test
  void itemsThatAreALiteralObjectFailTheState() {
    var scenario =
        DecisionScenario.of(
                """
                {"QueryLanguage":"JSONata","StartAt":"M","States":{"M":{"Type":"Map",
                 "Items":{},"ItemProcessor":{"StartAt":"I",
                 "States":{"I":{"Type":"Pass","End":true}}},"End":true}}}""")
            .start("{}");

    assertThat(scenario.history())
        .last()
        .isEqualTo("5<-4 ExecutionFailed{States.QueryEvaluationError}");
  }

  @Test
  void jsonataItemsErrorFailsTheState() {
    var scenario =
        DecisionScenario.of(
                """
                {"QueryLanguage":"JSONata","StartAt":"M","States":{"M":{"Type":"Map",
                 "Items":"{% 1 %}","ItemProcessor":{"StartAt":"I",
                 "States":{"I":{"Type":"Pass","End":true}}},"End":true}}}""")
            .start("{}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 MapStateEntered{M}",
            "3<-0 EvaluationFailed{States.QueryEvaluationError}",
            "4<-3 MapStateFailed",
            "5<-4 ExecutionFailed{States.QueryEvaluationError}");
  }

  @Test
  void inputThatIsNoArrayEndsTheExecution() {
    var scenario = map("\"ItemsPath\":\"$.x\",", PASS).start("{\"x\":1}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 MapStateEntered{M}",
            "3<-2 ExecutionFailed{States.Runtime}");
    assertThat(scenario.execution().cause())
        .endsWith("Reference path \"$.x\" must point to array.");
  }

  @Test
  void maxConcurrencyPathErrorEndsTheExecution() {
    var scenario =
        map("\"MaxConcurrencyPath\":\"$.no\",\"ItemsPath\":\"$.x\",", PASS)
            .start("{\"x\":[1],\"no\":\"many\"}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 MapStateEntered{M}",
            "3<-2 ExecutionFailed{States.Runtime}");
  }

  @Test
  void itemSelectorSeesItemAndIndex() {
    var scenario =
        map(
                """
                "ItemsPath":"$.list","ItemSelector":{"i.$":"$$.Map.Item.Index",
                "v.$":"$$.Map.Item.Value","all.$":"$.list"},""",
                PASS)
            .start("{\"list\":[\"a\",\"b\"]}");

    assertThat(scenario.output())
        .isEqualTo(
            "[{\"i\":0,\"v\":\"a\",\"all\":[\"a\",\"b\"]},"
                + "{\"i\":1,\"v\":\"b\",\"all\":[\"a\",\"b\"]}]");
  }

  @Test
  void runsAtMostFortyItemsAtATime() {
    var scenario = map("", TASK).start(IntStream.range(0, 100).boxed().toList().toString());

    assertThat(scenario.openTasks()).hasSize(40);
  }

  @Test
  void nestedMapsFailOutwards() {
    var scenario =
        map(
                "",
                """
                "Type":"Map","End":true,"ItemProcessor":{"StartAt":"J","States":{
                 "J":{"Type":"Wait","Seconds":5,"Next":"K"},"K":{"Type":"Fail","Error":"E"}}}""")
            .start("[[1,2],[3]]");
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);

    scenario.advance(Duration.ofSeconds(5));

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.FAILED);
    var history = scenario.history();
    assertThat(history.stream().filter(line -> line.contains("Aborted")).toList())
        .containsExactly(
            "19<-17 MapIterationAborted{1}",
            "20<-17 WaitStateAborted",
            "23<-17 MapIterationAborted{1}",
            "24<-17 MapIterationAborted{0}",
            "25<-17 WaitStateAborted",
            "26<-17 MapStateAborted");
    assertThat(scenario.timers()).isZero();
  }
}
