package io.stepwise.cli;

import io.stepwise.cli.terminal.DisplayText;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.functions.FunctionVersion;
import io.stepwise.functions.LogSink;
import java.util.regex.Pattern;

/** Shows the lines that functions write, beside the events of a run. */
record FunctionLines(Terminal terminal) implements LogSink {
  /** Lambda's own lines, which tell nothing that the events don't. */
  private static final Pattern ABOUT_CALLS = Pattern.compile("(START|END|REPORT) RequestId: .*");

  @Override
  public void line(FunctionVersion function, String stream, long millis, String line) {
    if (!line.isEmpty() && !ABOUT_CALLS.matcher(line).matches()) {
      var out = terminal.out();
      out.println(function.arn().name() + " | " + DisplayText.escaped(line.replace('\t', ' ')));
      out.flush();
    }
  }
}
