package io.stepwise.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

final class DurationsTest {
  @Test
  void aQuantileIsOffByAQuarterAtMost() {
    for (var millis : new long[] {1, 2, 3, 17, 250, 999, 60_000, 3_600_000, 86_400_000}) {
      var durations = new Durations();
      for (var i = 0; i < 1_000; i++) {
        durations.add(millis);
      }

      assertThat(durations.quantile(0.5)).isCloseTo((double) millis, within(millis / 4.0 + 1));
      assertThat(durations.quantile(0.95)).isCloseTo((double) millis, within(millis / 4.0 + 1));
    }
  }

  @Test
  void whatWasCountedApartAddsUp() {
    var one = new Durations();
    var other = new Durations();
    for (var i = 1; i <= 500; i++) {
      one.add(i);
      other.add(500 + i);
    }

    one.add(other);

    assertThat(one.quantile(0.50)).isCloseTo(500, withinPercentage(10));
    assertThat(one.quantile(0.95)).isCloseTo(950, withinPercentage(10));
    assertThat(one.quantile(0.99)).isCloseTo(990, withinPercentage(10));
  }

  @Test
  void ofNothingThereIsNoQuantile() {
    assertThat(new Durations().quantile(0.5)).isNegative();
  }

  @Test
  void whatTookLongerThanAllClassesIsInTheLast() {
    var durations = new Durations();
    durations.add(Long.MAX_VALUE);
    durations.add(-1);

    assertThat(durations.quantile(1)).isPositive();
    assertThat(durations.quantile(0.5)).isBetween(0.0, 1.0);
  }
}
