package io.stepwise.storage.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.HistoryEvent;
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
