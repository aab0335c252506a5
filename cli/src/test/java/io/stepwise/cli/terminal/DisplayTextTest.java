package io.stepwise.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a terminal may be shown, and how wide it is there. */
final class DisplayTextTest {

  @Test
  void escapesWhatATerminalObeys() {
    assertThat(DisplayText.escaped("a\u001b[2Jb\r\n\u0007\u009b31mc"))
        .isEqualTo("a\\u001b[2Jb\\r\\n\\u0007\\u009b31mc");
    assertThat(DisplayText.escaped("invoice\u202egpj.exe")).isEqualTo("invoice\\u202egpj.exe");
    assertThat(DisplayText.escaped("half \ud83d pair")).isEqualTo("half \\ud83d pair");
    assertThat(DisplayText.escaped("plain ä 日本 🎉")).isEqualTo("plain ä 日本 🎉");
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "ä, 1",
    "a\u0308, 1",
    "日本語, 6",
    "한국, 4",
    "🎉, 2",
    "𠮷, 2",
    "ｆｕｌｌ, 8",
    "'', 0",
  })
  void countsColumns(String text, int columns) {
    assertThat(DisplayText.width(text)).isEqualTo(columns);
  }

  @Test
  void countsNoColumnsForColours() {
    assertThat(DisplayText.width("\u001b[1;31mred\u001b[0m")).isEqualTo(3);
  }

  @Test
  void padsToColumns() {
    assertThat(DisplayText.padded("日本", 6) + "|").isEqualTo("日本  |");
  }

  @Test
  void cutsByColumnsAndKeepsColours() {
    assertThat(DisplayText.cut("日本語日本語", 7)).isEqualTo("日本語…");
    assertThat(DisplayText.cut("🎉🎉🎉", 4)).isEqualTo("🎉…");
    assertThat(DisplayText.cut("\u001b[31mabcdef\u001b[0m", 4))
        .isEqualTo("\u001b[31mabc…\u001b[0m");
    assertThat(DisplayText.cut("short", 20)).isEqualTo("short");
  }

  @Test
  void noTextBreaksIt() {
    var random = new Random(17);
    for (var i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (var n = random.nextInt(12); n > 0; n--) {
        var from = "a[;m日🎉\u001b\u0007\u0308\ud83d\udc69\u200d\ufe0f\u009b0 ";
        text.append(from.charAt(random.nextInt(from.length())));
      }
      var columns = random.nextInt(10);

      var cut = DisplayText.cut(text.toString(), columns);
      var escaped = DisplayText.escaped(text.toString());

      assertThat(DisplayText.width(cut)).isLessThanOrEqualTo(columns);
      assertThat(escaped.codePoints().noneMatch(Character::isISOControl)).as(escaped).isTrue();
    }
  }
}
