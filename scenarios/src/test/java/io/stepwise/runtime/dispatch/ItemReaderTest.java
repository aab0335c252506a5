package io.stepwise.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.ItemSource;
import io.stepwise.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A Distributed Map reads its items elsewhere, a page at a time, over restarts. */
class ItemReaderTest {
  private static final String MAP =
      """
      {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"MaxConcurrency":100,FIELDS
       "ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
         "Parameters":{"Bucket.$":"$.bucket","Key":"k"},
         "ReaderConfig":{"InputType":"JSONL" CONFIG}},
       "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
        "StartAt":"C","States":{"C":{"Type":"Wait","Seconds":1,"End":true}}}}}}""";

  private final Numbers numbers = new Numbers();

  private Scenario start(String fields, String config) {
    return Scenario.with(MAP.replace("FIELDS", fields).replace("CONFIG", config))
        .items(numbers)
        .build()
        .start("{\"bucket\":\"b\",\"max\":1.5}");
  }

  private static List<String> types(Scenario scenario) {
    return scenario.events(scenario.execution().header().id()).stream()
        .map(HistoryEvent::type)
        .map(Enum::name)
        .toList();
  }

  @Test
  void itemsAreReadAsChildrenAreBegun() {
    numbers.total = 5_000;
    var scenario = start("", "");
    assertThat(numbers.positions).containsExactly("", "1000");

    scenario.advance(Duration.ofMinutes(2));
    assertThat(numbers.positions).hasSize(5);
    assertThat(scenario.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(scenario.execution().output()).hasToString(Numbers.upTo(5_000));
    assertThat(types(scenario))
        .containsExactly(
            "ExecutionStarted",
            "MapStateEntered",
            "MapStateStarted",
            "MapRunStarted",
            "MapRunSucceeded",
            "MapStateSucceeded",
            "MapStateExited",
            "ExecutionSucceeded");
    assertThat(scenario.rows('i') + scenario.rows('r') + scenario.underWay()).isZero();
  }

  @Test
  void readerIsGivenTheValuesOfItsFields() {
    numbers.total = 1;
    start("", "").advance(Duration.ofSeconds(2));

    assertThat(Json.print(numbers.readers.getFirst().path("Arguments")))
        .isEqualTo("{\"Bucket\":\"b\",\"Key\":\"k\"}");
  }

  @Test
  void pageThatWasLostInACrashIsReadAgain() {
    numbers.total = 2_500;
    var scenario = start("", "");
    numbers.silent = true;
    scenario.advance(Duration.ofSeconds(15)).restart();
    assertThat(scenario.execution().status()).isEqualTo(ExecutionStatus.RUNNING);

    numbers.silent = false;
    scenario.restart();
    scenario.advance(Duration.ofMinutes(1));
    assertThat(scenario.execution().output()).hasToString(Numbers.upTo(2_500));
    assertThat(scenario.others()).hasSize(2_500);
  }

  @Test
  void noMoreIsReadThanMaxItems() {
    numbers.total = 5_000;
    var scenario = start("", ",\"MaxItems\":1200").advance(Duration.ofMinutes(1));

    assertThat(scenario.execution().output()).hasToString(Numbers.upTo(1_200));
    assertThat(numbers.asked).containsExactly(1_000, 200);
  }

  @Test
  void negativeMaxItemsFailTheRun() {
    var scenario =
        Scenario.with(MAP.replace("FIELDS", "").replace("CONFIG", ",\"MaxItemsPath\":\"$.max\""))
            .items(numbers)
            .build()
            .start("{\"bucket\":\"b\",\"max\":-1}");

    assertThat(scenario.execution().error()).isEqualTo("States.ItemReaderFailed");
    assertThat(scenario.execution().cause()).isEqualTo("field MaxItems must be positive");
  }

  @Test
  void maxItemsThatAreNoIntegerFailTheStateBeforeTheRun() {
    var scenario = start("", ",\"MaxItemsPath\":\"$.max\"");

    assertThat(scenario.execution().error()).isEqualTo("States.Runtime");
    assertThat(scenario.execution().cause()).contains("refers to value \"1.5\" which is not");
    assertThat(types(scenario)).endsWith("MapStateStarted", "ExecutionFailed");
  }

  @Test
  void whatCannotBeReadFailsTheRunAndCanBeCaught() {
    numbers.failure = "The specified key does not exist.";
    var scenario =
        Scenario.with(
                MAP.replace(
                        "FIELDS",
                        "\"Catch\":[{\"ErrorEquals\":[\"States.ItemReaderFailed\"],\"Next\":\"P\"}],")
                    .replace("CONFIG", "")
                    .replace("}}}}}}", "}}}},\"P\":{\"Type\":\"Pass\",\"End\":true}}}"))
            .items(numbers)
            .build()
            .start("{\"bucket\":\"b\"}");

    assertThat(scenario.execution().output())
        .hasToString(
            "{\"Error\":\"States.ItemReaderFailed\",\"Cause\":\"The specified key does not"
                + " exist.\"}");
    assertThat(scenario.underWay()).isZero();
  }

  @Test
  void sourceThatThrowsFailsTheRun() {
    numbers.hostile = true;
    var scenario = start("", "");

    assertThat(scenario.execution().error()).isEqualTo("States.ItemReaderFailed");
    assertThat(scenario.execution().cause()).contains("Stepwise failed to read");
  }

  @Test
  void nothingToReadIsAnEmptyResult() {
    assertThat(start("", "").execution().output()).hasToString("[]");
  }

  @Test
  void batchReachesOverPages() {
    numbers.total = 2_500;
    var scenario =
        start("\"ItemBatcher\":{\"MaxItemsPerBatch\":700},", "").advance(Duration.ofMinutes(1));

    assertThat(scenario.others()).hasSize(4);
  }

  @Test
  void toleratedShareCountsOnceAllItemsAreKnown() {
    numbers.total = 2_000;
    var scenario =
        Scenario.with(
                MAP.replace("FIELDS", "\"ToleratedFailurePercentage\":10,")
                    .replace("CONFIG", "")
                    .replace(
                        "{\"Type\":\"Wait\",\"Seconds\":1,\"End\":true}",
                        "{\"Type\":\"Choice\",\"Default\":\"D\",\"Choices\":[{\"Variable\":\"$\","
                            + "\"NumericLessThan\":150,\"Next\":\"F\"}]},"
                            + "\"F\":{\"Type\":\"Fail\"},\"D\":{\"Type\":\"Succeed\"}"))
            .items(numbers)
            .build()
            .start("{\"bucket\":\"b\"}");

    assertThat(scenario.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  /** Gives the numbers from 1 on. */
  private static final class Numbers implements ItemSource {
    private final List<String> positions = new ArrayList<>();
    private final List<Integer> asked = new ArrayList<>();
    private final List<JsonNode> readers = new ArrayList<>();
    private int total;
    private boolean silent;
    private boolean hostile;
    private @Nullable String failure;

    @Override
    public CompletableFuture<Answer> read(Request request) {
      if (hostile) {
        throw new IllegalStateException("a source that throws");
      }
      positions.add(request.position());
      asked.add(request.itemsMax());
      readers.add(request.reader().tree());
      if (failure != null) {
        return CompletableFuture.completedFuture(new Answer.Failed(failure));
      }
      var from = request.position().isEmpty() ? 0 : Integer.parseInt(request.position());
      var to = Math.min(total, from + request.itemsMax());
      var items = Json.nodes().arrayNode();
      for (var n = from + 1; n <= to; n++) {
        items.add(n);
      }
      return silent
          ? new CompletableFuture<>()
          : CompletableFuture.completedFuture(
              new Answer.Page(Payload.of(items), false, to == total ? null : Integer.toString(to)));
    }

    static String upTo(int last) {
      var numbers = Json.nodes().arrayNode();
      for (var n = 1; n <= last; n++) {
        numbers.add(n);
      }
      return Json.print(numbers);
    }
  }
}
