package io.stepwise.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPrintTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[1,2.50,1E+400,-0.0,12345678901234567890],\"b\":null,\"c\":true}",
        "\"quote \\\" backslash \\\\ slash / tab \\t bell \\u0007 delete \\u007f\"",
        "\"é ß 漢字 😀 \\u2028 \\ufeff\""
      })
  void whatIsPrintedInUtf8IsWhatIsPrintedAsText(String json) throws InvalidJsonException {
    var tree = Json.parse(json);

    assertThat(new String(Json.printUtf8(tree), StandardCharsets.UTF_8))
        .isEqualTo(Json.print(tree));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a \\ud83d b", "a \\ude00 b", "\\ude00\\ud83d", "at the end \\ud83d"})
  void halfOfASurrogatePairComesBackAsItWas(String text) throws InvalidJsonException {
    var tree = Json.parse("\"" + text + "\"");

    assertThat(Json.parse(new String(Json.printUtf8(tree), StandardCharsets.UTF_8)))
        .isEqualTo(tree);
  }
}
