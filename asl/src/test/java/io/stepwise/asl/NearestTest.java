package io.stepwise.asl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What was probably meant. */
final class NearestTest {

  @Test
  void findsAWordOfFewKeystrokes() {
    var known = List.of("Parameters", "ResultPath", "Result", "Succeed");

    assertThat(Nearest.to("Paramters", known)).hasValue("Parameters");
    assertThat(Nearest.to("Succed", known)).hasValue("Succeed");
    assertThat(Nearest.to("resultpath", known)).hasValue("ResultPath");
    assertThat(Nearest.to("Colour", known)).isEmpty();
    assertThat(Nearest.to("B", List.of("A"))).isEmpty();
  }

  @Test
  void countsTwoSwappedLettersAsOneChange() {
    assertThat(Nearest.distance("tpye", "type")).isEqualTo(1);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("abc", "abc")).isZero();
  }
}
