package io.stepwise.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VirtualClockTest {

  @Test
  void movesOnlyWhenToldAndNeverBack() {
    var clock = new VirtualClock(Instant.ofEpochMilli(1_000));

    clock.advance(Duration.ofSeconds(1));
    clock.advanceTo(500);

    assertThat(clock.nowMillis()).isEqualTo(2_000);
    assertThat(clock.nanosUntil(2_000)).isZero();
    assertThat(clock.nanosUntil(9_000)).isPositive();
  }
}
