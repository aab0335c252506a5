package io.stepwise.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonNumbersTest {
  private static final String HUGE = "1" + "0".repeat(400);

  @Test
  void largerThanAnyDoubleIsInfinite() throws InvalidJsonException {
    assertThat(JsonNumbers.toDouble(Json.parse(HUGE))).isInfinite();
    assertThat(JsonNumbers.toDouble(Json.parse("-" + HUGE))).isNegative().isInfinite();
    assertThat(JsonNumbers.toDouble(Json.parse("1e400"))).isInfinite();
    assertThat(JsonNumbers.toDouble(Json.parse("1.5"))).isEqualTo(1.5);
  }

  @Test
  void largerThanAnyLongIsTheLargest() throws InvalidJsonException {
    assertThat(JsonNumbers.toLong(Json.parse(HUGE))).isEqualTo(Long.MAX_VALUE);
    assertThat(JsonNumbers.toLong(Json.parse("-1e400"))).isEqualTo(Long.MIN_VALUE);
    assertThat(JsonNumbers.toLong(Json.parse("9223372036854775807"))).isEqualTo(Long.MAX_VALUE);
    assertThat(JsonNumbers.toLong(Json.parse("7.9"))).isEqualTo(7);
  }

  @Test
  void comparesNumbersThatAreInfiniteDoubles() throws InvalidJsonException {
    assertThat(JsonNumbers.compare(Json.parse(HUGE), Json.parse("1"))).isPositive();
    assertThat(JsonNumbers.compare(Json.parse("1e400"), Json.parse(HUGE))).isZero();
  }
}
