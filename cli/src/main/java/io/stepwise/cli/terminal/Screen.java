package io.stepwise.cli.terminal;

import java.util.List;

/** Lines that are drawn again in their place. */
public final class Screen implements AutoCloseable {
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";

  private final Terminal terminal;
  private final Terminal.Size size;
  private int drawn;

  /** A screen that begins at the cursor. */
  public Screen(Terminal terminal) {
    this.terminal = terminal;
    this.size = terminal.size();
    terminal.out().print(HIDE_CURSOR);
  }

  /** Draws lines over those drawn before; of more than fit, the last ones. */
  public void draw(List<String> lines) {
    var room = Math.max(2, size.rows() - 1);
    var first = Math.max(0, lines.size() - room);
    put(lines.subList(first, lines.size()));
  }

  /** Draws all lines, for good. */
  public void drawLast(List<String> lines) {
    put(lines);
    drawn = 0;
  }

  private void put(List<String> lines) {
    var text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    // From here down everything is drawn anew; a line must not wrap, or the count is wrong.
    text.append("\r\u001b[J");
    for (var line : lines) {
      text.append(DisplayText.cut(line, size.columns())).append('\n');
    }
    terminal.out().print(text);
    terminal.out().flush();
    drawn = lines.size();
  }

  @Override
  public void close() {
    terminal.out().print(SHOW_CURSOR);
    terminal.out().flush();
  }
}
