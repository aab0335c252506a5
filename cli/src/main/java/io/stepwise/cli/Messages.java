package io.stepwise.cli;

import io.stepwise.cli.terminal.DisplayText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What commands say beside their results: on standard error, with nothing in it that is obeyed. */
final class Messages {
  private Messages() {}

  /** Says something. */
  static void say(String message) {
    var out = stream();
    out.println(DisplayText.escapedLines(message));
    out.flush();
  }

  /** Standard error, in UTF-8. */
  static PrintStream stream() {
    return new PrintStream(System.err, false, StandardCharsets.UTF_8);
  }
}
