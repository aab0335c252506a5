package io.stepwise.storage.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.expression.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HistoryCodecPropertyTest {
  private static final PayloadSource NOWHERE =
      home -> {
        throw new AssertionError("Expected every payload in this row, but asked for " + home);
      };

  private final HistoryCodec codec = new HistoryCodec();

  private static HistoryEvent event(
      long id, EventType type, Samples samples, SplittableRandom random) {
    return new HistoryEvent(
        0,
        id,
        random.nextBoolean() ? 0 : random.nextLong(id),
        1_767_225_600_123L,
        type,
        samples.details(type));
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void everyTypeComesBackAsItWas(EventType type) {
    for (var seed = 0; seed < 50; seed++) {
      var random = new SplittableRandom(seed);
      var events = List.of(event(1 + seed, type, new Samples(random), random));

      var bytes = codec.encode(7, events);

      assertThat(HistoryCodec.decode(7, 1 + seed, bytes, NOWHERE))
          .as("seed " + seed)
          .isEqualTo(events);
    }
  }

  @Test
  void rowsOfManyEventsComeBackAsTheyWere() {
    for (var seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      var samples = new Samples(random);
      var first = 1 + random.nextLong(25_000);
      var events = new ArrayList<HistoryEvent>();
      for (var i = 0; i < 1 + random.nextInt(40); i++) {
        var type = List.of(EventType.values()).get(random.nextInt(EventType.values().length));
        events.add(event(first + i, type, samples, random));
      }

      var bytes = codec.encode(7, events);

      assertThat(HistoryCodec.decode(7, first, bytes, NOWHERE))
          .as("seed " + seed)
          .isEqualTo(events);
    }
  }

  @Test
  void aValueOfAnEarlierRowIsReferredTo() {
    var value = Payload.ofTrustedText("\"" + "x".repeat(10_000) + "\"");
    var details = new EventDetails.StateEntered("S", value);
    var first = new HistoryEvent(0, 1, 0, 1, EventType.PassStateEntered, details);
    var later = new HistoryEvent(0, 2, 1, 1, EventType.PassStateEntered, details);
    codec.encode(7, List.of(first));

    var bytes = codec.encode(7, List.of(later));

    assertThat(bytes.length).isLessThan(30);
    assertThat(
            HistoryCodec.decode(
                7,
                2,
                bytes,
                home -> {
                  assertThat(home).isEqualTo(new Home(7, 1, 0));
                  return value;
                }))
        .containsExactly(later);
  }

  @Test
  void anotherExecutionStoresItsOwnCopy() {
    var value = Payload.ofTrustedText("\"" + "x".repeat(1_000) + "\"");
    var details = new EventDetails.StateEntered("S", value);
    var event = new HistoryEvent(0, 1, 0, 1, EventType.PassStateEntered, details);
    codec.encode(7, List.of(event));

    assertThat(HistoryCodec.decode(8, 1, codec.encode(8, List.of(event)), NOWHERE))
        .containsExactly(event);
  }
}
