package io.stepwise.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  private static final String ANSWER = "{\"a\":\"\u009b2J\",\n\"b\":\"\u202e\"}";

  @Test
  void textOfOthersObeysNobodyWhereSomebodyLooks() {
    assertThat(terminal(true).shown(ANSWER)).isEqualTo("{\"a\":\"\\u009b2J\",\n\"b\":\"\\u202e\"}");
  }

  @Test
  void programsReadTextAsItIs() {
    assertThat(terminal(false).shown(ANSWER)).isEqualTo(ANSWER);
  }

  private static Terminal terminal(boolean isTerminal) {
    var out = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Terminal(out, isTerminal, false);
  }
}
