package io.stepwise.jsonata.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

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
