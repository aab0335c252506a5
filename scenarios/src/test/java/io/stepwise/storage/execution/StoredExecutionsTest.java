package io.stepwise.storage.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.TaskAttempt;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.engine.execution.TaskToken;
import io.stepwise.runtime.port.StartResult;
import io.stepwise.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every scenario compares stored executions with their fold; here is what that does not see. */
class StoredExecutionsTest {

  private static String tables(Scenario scenario) {
    var tables = new TreeSet<Character>();
    scenario.storage().rows().keySet().forEach(key -> tables.add((char) key[0]));
    tables.remove('f'); // the feed has limits of its own
    var text = new StringBuilder();
    tables.forEach(text::append);
    return text.toString();
  }

  private static List<Long> ids(Scenario scenario, long from, boolean backwards, int max) {
    var id = scenario.store().find(scenario.executionArn()).orElseThrow();
    List<Long> ids = new ArrayList<>();
    scenario
        .store()
        .history(
            id,
            from,
            backwards,
            (HistoryEvent event) -> {
              ids.add(event.id());
              return ids.size() < max;
            });
    return ids;
  }

  @Test
  void onlyWhatIsShownRemainsAfterAGoodEnd() {
    var scenario = GoldenStoreTest.busy();
    assertThat(tables(scenario)).isEqualTo("chiklmnopqrstx");

    for (var scope : scenario.execution().scopes()) {
      var attempt = scope.active() == null ? null : scope.active().attempt();
      if (attempt != null && attempt.phase() == TaskAttempt.Phase.SUBMITTED) {
        var task = new TaskRef(scenario.execution().header().id(), scope.id(), attempt.stamp());
        scenario.succeedToken(TaskToken.of(task), "1");
      }
    }
    while (!scenario.openTasks().isEmpty()) {
      scenario.answer(scenario.openTasks().getFirst(), "2");
    }
    scenario.advance(Duration.ofSeconds(1_000));

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(tables(scenario)).isEqualTo("hklmnqsx");
  }

  @Test
  void whatARedriveNeedsRemainsAfterAnotherEndUntilRetentionRemovesIt() {
    var scenario = GoldenStoreTest.busy();

    scenario.stop(null, null);
    assertThat(tables(scenario)).isEqualTo("chiklmnpqrsx");

    scenario.expireClosed();
    assertThat(tables(scenario)).isEmpty();
  }

  @Test
  void historyIsReadFromAnyEventInBothDirections() {
    var scenario =
        Scenario.of(
                """
                {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":1,"Next":"B"},
                 "B":{"Type":"Wait","Seconds":1,"Next":"C"},"C":{"Type":"Succeed"}}}""")
            .start("{}");
    scenario.skip();
    scenario.skip();

    assertThat(ids(scenario, 1, false, 99)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(ids(scenario, 4, false, 3)).containsExactly(4L, 5L, 6L);
    assertThat(ids(scenario, 5, true, 3)).containsExactly(5L, 4L, 3L);
    assertThat(ids(scenario, 99, false, 9)).isEmpty();
  }

  @Test
  void outputIsReadableAfterItsPayloadRowsAreGone() {
    var scenario =
        Scenario.of(
                """
                {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
                 {"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}},
                 {"StartAt":"B","States":{"B":{"Type":"Wait","Seconds":1,"End":true}}}]}}}""")
            .start("\"" + "y".repeat(500) + "\"");
    scenario.restart().skip();

    assertThat(scenario.output()).hasSize(2 * 502 + 3);
    assertThat(scenario.rows('p')).isZero();
  }

  @Test
  void statusListsFollowTheStatus() {
    var scenario = GoldenStoreTest.busy();
    var before = scenario.rows('s');

    scenario.stop(null, null);

    assertThat(scenario.rows('s')).isEqualTo(before);
    assertThat(scenario.rows('l')).isEqualTo(before);
  }

  @Test
  void largeValueIsStoredOnceHoweverOftenItIsShown() {
    var scenario =
        Scenario.of(
                """
                {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},
                 "B":{"Type":"Wait","Seconds":1,"Next":"C"},"C":{"Type":"Pass","End":true}}}""")
            .start("\"" + "x".repeat(100_000) + "\"");
    scenario.skip();

    var bytes = new ArrayList<Integer>();
    scenario.storage().rows().values().forEach(value -> bytes.add(value.length));
    assertThat(bytes.stream().mapToInt(Integer::intValue).sum()).isBetween(100_000, 101_500);
  }

  @Test
  void startingTwiceStartsOnce() {
    var scenario =
        Scenario.of(
                "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":25,\"End\":true}}}")
            .start("{}");
    var events = scenario.history();

    var again = scenario.startAs("run1", "{}");

    assertThat(again).isInstanceOf(StartResult.Started.class);
    assertThat(scenario.startAs("run1", "{\"other\":1}"))
        .isInstanceOf(StartResult.AlreadyExists.class);
    assertThat(scenario.history()).isEqualTo(events);
    scenario.stop(null, null);
    assertThat(scenario.startAs("run1", "{}")).isInstanceOf(StartResult.AlreadyExists.class);
  }

  @Test
  void expressExecutionsLeaveNoRows() {
    var scenario =
        Scenario.with(
                """
                {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":999,"End":true}}}""")
            .express()
            .build();

    assertThat(scenario.runExpress("{}")).isEmpty();
    scenario.skip();

    assertThat(scenario.rows('x')).isZero();
  }

  @Test
  void longHistoryIsKeptInSeveralRows() {
    var states = new StringBuilder();
    for (var i = 0; i < 5_000; i++) {
      states
          .append(i == 0 ? "" : ",")
          .append("\"S" + i + "\":{\"Type\":\"Pass\",")
          .append(i == 4_999 ? "\"End\":true}" : "\"Next\":\"S" + (i + 1) + "\"}");
    }
    var scenario = Scenario.of("{\"StartAt\":\"S0\",\"States\":{" + states + "}}").start("{}");

    assertThat(scenario.history()).hasSize(10_002);
    assertThat(scenario.rows('h')).isGreaterThan(4);
  }

  @Test
  void variablesLeaveNoRows() {
    var scenario =
        Scenario.of(
                """
                {"QueryLanguage":"JSONata","StartAt":"A","States":{
                 "A":{"Type":"Pass","Assign":{"big":"{% $join($map([1..100], $string)) %}"},
                  "Next":"W"},
                 "W":{"Type":"Wait","Seconds":1,"Next":"Z"},
                 "Z":{"Type":"Pass","Output":"{% $length($big) %}","End":true}}}""")
            .start("{}")
            .restart();
    scenario.skip();

    assertThat(scenario.rows('p')).isZero();
  }
}
