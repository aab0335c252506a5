package io.stepwise.cli.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Text of files, and what is said of what is none. */
final class TextInputTest {

  @Test
  void skipsAByteOrderMark() throws TextInput.Unreadable {
    assertThat(TextInput.decode("\ufeff{}".getBytes(StandardCharsets.UTF_8))).isEqualTo("{}");
  }

  @Test
  void namesTheByteThatIsNotUtf8() {
    assertThatThrownBy(
            () -> TextInput.decode("{\"a\": \"ä\"}".getBytes(StandardCharsets.ISO_8859_1)))
        .hasMessage("it is not text in UTF-8 (see byte 8)");
    assertThatThrownBy(() -> TextInput.decode(new byte[] {'a', (byte) 0xe2, (byte) 0x82}))
        .hasMessage("it is not text in UTF-8 (see byte 2)");
  }

  @Test
  void namesUtf16() {
    assertThatThrownBy(() -> TextInput.decode("{}".getBytes(StandardCharsets.UTF_16)))
        .hasMessage("it is text in UTF-16; save it in UTF-8");
  }
}
