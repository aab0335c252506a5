package io.stepwise.storage.execution;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.scenario.Scenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A map run reads its items in pages, and keeps inputs and results in rows. */
class MapRunPagesTest {
  private static final int ITEMS = 2_500;

  private static Scenario scenario(String items, String fields, String child) {
    return Scenario.of(
            """
            {"QueryLanguage":"JSONata","StartAt":"M","States":{"M":{"Type":"Map","End":true,
             "Items":"{% ITEMS %}",FIELDS
             "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
              "StartAt":"C","States":{"C":CHILD}}}}}"""
                .replace("ITEMS", items)
                .replace("FIELDS", fields)
                .replace("CHILD", child))
        .start("{}");
  }

  private static Scenario waiting(String fields) {
    return scenario("[1.." + ITEMS + "]", fields, "{\"Type\":\"Wait\",\"Seconds\":1,\"End\":true}");
  }

  @Test
  void pagesAreReadAsChildrenAreBegun() {
    var scenario = waiting("\"MaxConcurrency\":5,");
    assertThat(scenario.rows('i')).isEqualTo(2);

    scenario.advance(Duration.ofSeconds(ITEMS / 10));
    assertThat(scenario.rows('i')).isEqualTo(3);
    assertThat(scenario.rows('r')).isEqualTo(ITEMS / 2);

    scenario.advance(Duration.ofSeconds(ITEMS / 10));
    assertThat(scenario.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(scenario.execution().output()).hasToString(numbers());
    assertThat(scenario.rows('i') + scenario.rows('r')).isZero();
  }

  private static String numbers() {
    var numbers = new StringBuilder("[");
    for (var n = 1; n <= ITEMS; n++) {
      numbers.append(n).append(n == ITEMS ? "]" : ",");
    }
    return numbers.toString();
  }

  @Test
  void restartGoesOnReading() {
    var scenario = waiting("\"MaxConcurrency\":100,");
    for (var restarts = 0; restarts < 5; restarts++) {
      scenario.advance(Duration.ofSeconds(3)).restart();
    }
    scenario.advance(Duration.ofSeconds(20));

    assertThat(scenario.execution().output()).hasToString(numbers());
    assertThat(scenario.others()).hasSize(ITEMS);
  }

  @Test
  void batchReachesOverTheEndOfAPage() {
    var scenario =
        waiting("\"MaxConcurrency\":1,\"ItemBatcher\":{\"MaxItemsPerBatch\":700},")
            .advance(Duration.ofSeconds(9));

    assertThat(
            requireNonNull(scenario.execution().output())
                .tree()
                .valueStream()
                .map(batch -> batch.path("Items").size()))
        .containsExactly(700, 700, 700, 400);
  }

  @Test
  void countsOfItemsAreThoseOfAllFromTheStart() {
    var scenario = waiting("\"MaxConcurrency\":5,");
    var run =
        requireNonNull(
                requireNonNull(scenario.execution().scope(0).activeState().fanOut())
                    .plan()
                    .mapRun())
            .arn();

    assertThat(scenario.mapRun(run).items().total()).isEqualTo(ITEMS);
    assertThat(scenario.mapRun(run).executions().total()).isEqualTo(ITEMS);
    assertThat(scenario.mapRun(run).items().pending()).isEqualTo(ITEMS - 5);
  }

  @Test
  void itemThatCannotBeSelectedEndsTheRunWhenItIsReached() {
    var scenario =
        waiting(
            "\"MaxConcurrency\":100,\"ItemSelector\":"
                + "\"{% $states.context.Map.Item.Value = 2200 ? $error('no') : 1 %}\",");
    assertThat(scenario.execution().status()).isEqualTo(ExecutionStatus.RUNNING);
    scenario.advance(Duration.ofSeconds(30));

    assertThat(scenario.execution().status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(scenario.execution().error()).isEqualTo("States.QueryEvaluationError");
    assertThat(scenario.underWay()).isZero();
  }

  @Test
  void resultsThatAreTooLargeFailTheStateThatWantsThem() {
    var scenario =
        scenario(
            "[1..300]",
            "",
            "{\"Type\":\"Pass\",\"Output\":\"{% $pad('', 1000, 'x') %}\",\"End\":true}");

    assertThat(scenario.execution().error()).isEqualTo("States.DataLimitExceeded");
    assertThat(scenario.rows('i') + scenario.rows('r')).isZero();
  }

  @Test
  void resultsThatNobodyWantsMayBeLarge() {
    var scenario =
        scenario(
            "[1..300]",
            "\"Output\":\"{% 'done' %}\",",
            "{\"Type\":\"Pass\",\"Output\":\"{% $pad('', 1000, 'x') %}\",\"End\":true}");

    assertThat(scenario.execution().output()).hasToString("\"done\"");
  }

  @Test
  void redriveRunsWhatDidNotEndWellAndReadsOn() {
    var scenario = waiting("\"MaxConcurrency\":100,");
    scenario.advance(Duration.ofSeconds(5));
    var done = scenario.rows('r');
    scenario.stop(null, null);
    scenario.restart();
    assertThat(scenario.rows('r')).isEqualTo(done);

    scenario.send(scenario.execution().header().id(), new Command.RedriveExecution(null));
    scenario.advance(Duration.ofSeconds(30));
    assertThat(scenario.execution().output()).hasToString(numbers());
    assertThat(scenario.others()).hasSize(ITEMS);
  }
}
