package io.stepwise.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values and their texts. */
final class PayloadTest {
  /** Source: recorded, {@code Payload} of {@code lambda:invoke}. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`\"0.0\"` | 0.0",
        "`\"{}\"` | {}",
        "`\"{ \\\"a\\\" : 1 }\"` | `{ \"a\" : 1 }`",
        "`\"\\\"HelloWorld\\\"\"` | `\"HelloWorld\"`",
        "`\"HelloWorld\"` | `\"HelloWorld\"`",
        "`\"\"` | `\"\"`",
        "`\"{\"` | `\"{\"`",
        "`\"1 2\"` | `\"1 2\"`",
        "{\"a\":\"{}\"} | {\"a\":\"{}\"}",
        "1 | 1"
      })
  void aTextThatIsJsonIsHandedOverAsItIs(String value, String handedOver) {
    assertThat(Payload.handedOver(Json.parseTrusted(value)).text()).isEqualTo(handedOver);
  }
}
