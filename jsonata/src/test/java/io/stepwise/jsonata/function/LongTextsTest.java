package io.stepwise.jsonata.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.jsonata.Budget;
import io.stepwise.jsonata.Jsonata;
import io.stepwise.jsonata.TestMoment;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** What the platform does in the square of a text's length is done in its length. */
class LongTextsTest {

  @Test
  void upperCaseIsThePlatforms() {
    assertThat(Casing.upper("straße ŉ ﬃ")).isEqualTo("STRASSE ʼN FFI");
    assertThat(Casing.upper("ß".repeat(1_000))).isEqualTo("SS".repeat(1_000));
    assertThat(Casing.upper("😀ß".repeat(500))).isEqualTo("😀SS".repeat(500));
  }

  @Test
  void lowerCaseIsThePlatformsAndKnowsTheLastSigma() {
    assertThat(Casing.lower("İSTANBUL")).isEqualTo("i̇stanbul");
    assertThat(Casing.lower("ΟΔΥΣΣΕΥΣ ΣΑΣ. Σ")).isEqualTo("οδυσσευς σας. σ");
    assertThat(Casing.lower("ΑΣ'Α ΑΣΑ")).isEqualTo("ασ'α ασα");
    assertThat(Casing.lower("ABC ÄÖ 😀")).isEqualTo("ABC ÄÖ 😀".toLowerCase(Locale.ROOT));
  }

  @Test
  void longTextsTakeNoTimeWorthNoting() {
    assertThat(Casing.upper("ß".repeat(2_000_000))).hasSize(4_000_000);
    assertThat(Casing.lower("Σ".repeat(2_000_000))).hasSize(2_000_000);
    assertThat(Casing.lower("İ".repeat(1_000_000))).hasSize(2_000_000);
    assertThat(Search.indexOf("a".repeat(4_000_000), "a".repeat(2_000_000) + "b", 0)).isEqualTo(-1);
  }

  @Test
  void aNumberOfAMillionDigitsIsReadAsSoonAsAny() {
    assertThat(number("0x" + "f".repeat(1_000_000))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(number("0x" + "0".repeat(1_000_000) + "ff")).isEqualTo(255);
    assertThat(number("0x" + "f".repeat(13))).isEqualTo(0x1p52 - 1);
    assertThat(number("0b1" + "0".repeat(1_023))).isEqualTo(0x1p1023);
    assertThat(number("0b1" + "0".repeat(1_024))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(number("0x" + "f".repeat(256))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(number("0o17")).isEqualTo(15);
    assertThat(number("0x1g")).isNaN();
    assertThat(number("0x1٣")).isNaN();
  }

  private static double number(String text) {
    var value =
        Jsonata.compile("$number($t)")
            .evaluate(
                null,
                name -> name.equals("t") ? StringNode.valueOf(text) : null,
                Budget.GENEROUS,
                new TestMoment());
    return Objects.requireNonNull(value).doubleValue();
  }

  @Test
  void findsWhatThePlatformFinds() {
    var random = new SplittableRandom(7);
    for (var round = 0; round < 2_000; round++) {
      var text = letters(random, 200);
      var part = letters(random, 33 + random.nextInt(4));
      var start = random.nextInt(150);
      var held = text.substring(start, start + 40);

      assertThat(Search.indexOf(text, part, 0)).isEqualTo(text.indexOf(part));
      assertThat(Search.indexOf(text, held, start / 2)).isEqualTo(text.indexOf(held, start / 2));
    }
  }

  private static String letters(SplittableRandom random, int length) {
    var letters = new StringBuilder();
    for (var i = 0; i < length; i++) {
      letters.append(random.nextInt(8) == 0 ? 'b' : 'a');
    }
    return letters.toString();
  }
}
