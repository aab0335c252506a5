package io.stepwise.storage.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.AwsLocation;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.ParentLink.Nested.Answer;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.expression.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Rows of every released version still decode. The files are never edited; a new version of a row
 * gets a new file.
 */
class GoldenRowsTest {

  @Test
  void historyRowsOfVersion1Decode() throws IOException {
    var lines = lines("history-1.txt");
    assertThat(lines).hasSize(EventType.values().length);

    for (var type : EventType.values()) {
      var row = HexFormat.of().parseHex(lines.get(Codes.EVENT_TYPES.of(type)));

      var decoded = HistoryCodec.decode(1, 5, row, GoldenRowsTest::nowhere);

      assertThat(decoded).as(type.name()).containsExactly(sample(type));
      assertThat(new HistoryCodec().encode(1, List.of(sample(type))))
          .as(type.name())
          .isEqualTo(row);
    }
  }

  /** They had the form of a map run's children, with numbers that meant something else. */
  @Test
  void parentsOfNestedExecutionsDecode() throws IOException {
    var machine = machine();

    var answers =
        lines("nested-1.txt").stream()
            .map(row -> HexFormat.of().parseHex(row))
            .map(row -> SnapshotCodec.decode(4712, row, id -> machine, GoldenRowsTest::nowhere))
            .map(Execution::parent)
            .toList();

    var task = new TaskRef(4711, 3, 2);
    assertThat(answers)
        .containsExactly(
            new ParentLink.Nested(task, Answer.NONE),
            new ParentLink.Nested(task, Answer.DESCRIPTION),
            new ParentLink.Nested(task, Answer.PARSED_DESCRIPTION));
  }

  @Test
  void stopsOfVersion1Decode() throws IOException {
    var row = HexFormat.of().parseHex(lines("stop-1.txt").getFirst());

    assertThat(StopCodec.decode(row))
        .isEqualTo(
            new UnderWay.Item.Stop(
                new TaskRef(4711, 3, 2),
                1,
                "arn:aws:states:us-east-1:123456789012:execution:child:e"));
  }

  private static StateMachineRevision machine() {
    var here = AwsLocation.of("us-east-1", "123456789012");
    var compiled =
        new DefinitionCompiler()
            .compileStored(
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}",
                StateMachineType.STANDARD);
    return new StateMachineRevision(
        7,
        here.stateMachine("child"),
        "child",
        StateMachineType.STANDARD,
        here.role("test"),
        "",
        compiled.definition().orElseThrow());
  }

  private static Payload nowhere(Home home) {
    throw new AssertionError("Expected every payload in its row, but asked for " + home);
  }

  private static HistoryEvent sample(EventType type) {
    var samples = new Samples(new SplittableRandom(Codes.EVENT_TYPES.of(type)));
    return new HistoryEvent(0, 5, 3, 1_767_225_600_000L, type, samples.details(type));
  }

  private static List<String> lines(String file) throws IOException {
    try (var in = GoldenRowsTest.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("Expected the golden file " + file);
      }
      return new ArrayList<>(
          new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList());
    }
  }
}
