package io.stepwise.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Test {
  private static final String SMILE = "\uD83D\uDE00";

  @Test
  void lengthIsThatOfTheEncodedText() {
    for (var text : new String[] {"", "a", "ä", "€", SMILE, SMILE + "€ä"}) {
      assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }
    assertThat(Utf8.length("\uD83D")).as("half a pair, as JSON libraries write it").isEqualTo(3);
  }

  @Test
  void cutsNoPairOfSurrogatesInHalf() {
    assertThat(Utf8.cut("a" + SMILE + "b", 2)).isEqualTo("a");
    assertThat(Utf8.cut("a" + SMILE + "b", 3)).isEqualTo("a" + SMILE);
    assertThat(Utf8.cut("a" + SMILE, 3)).isEqualTo("a" + SMILE);
    assertThat(Utf8.cut("abc", 2)).isEqualTo("ab");
    assertThat(Utf8.cut(SMILE, 0)).isEmpty();
  }
}
