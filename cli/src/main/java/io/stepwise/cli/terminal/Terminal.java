package io.stepwise.cli.terminal;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes to: whether it is a terminal, whether colours are wanted, how large it is.
 *
 * @param out standard output, in UTF-8
 * @param isTerminal whether somebody looks at it
 * @param hasColour whether escape sequences for colours are wanted; see no-color.org
 * @param known its size where that is known, or null: the terminal is asked
 */
public record Terminal(
    PrintStream out, boolean isTerminal, boolean hasColour, @Nullable Size known) {

  /** One that is asked for its size. */
  public Terminal(PrintStream out, boolean isTerminal, boolean hasColour) {
    this(out, isTerminal, hasColour, null);
  }

  /** Rows and columns. Units: characters. */
  public record Size(int rows, int columns) {}

  /** The terminal of the process. */
  public static Terminal ofProcess() {
    return of(System.getenv());
  }

  private static Terminal of(Map<String, String> environment) {
    var isTerminal =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Terminal(
        new PrintStream(System.out, false, StandardCharsets.UTF_8),
        isTerminal,
        isTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty());
  }

  /**
   * Text of others, of several lines perhaps: as it is for a program that reads it, and where
   * somebody looks at it with the escapes of {@link DisplayText}, which JSON takes as the same.
   */
  public String shown(String text) {
    return isTerminal ? DisplayText.escapedLines(text) : text;
  }

  /** Text in a colour, where colours are wanted. */
  public String paint(Colour colour, String text) {
    return hasColour ? colour.sequence() + text + "\u001b[0m" : text;
  }

  /** Columns of the terminal; of what is no terminal, as many as a line may want. */
  public int columns() {
    return isTerminal ? size().columns() : Integer.MAX_VALUE / 2;
  }

  /** The same terminal, where something is written beside the result: standard error. */
  public Terminal errors() {
    return new Terminal(
        new PrintStream(System.err, false, StandardCharsets.UTF_8), isTerminal, hasColour, known);
  }

  /** Asks the terminal for its size; 24 by 80 where it does not tell. */
  public Size size() {
    if (known != null) {
      return known;
    }
    if (!isTerminal) {
      return new Size(24, 80);
    }
    try {
      var process =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectErrorStream(true)
              .start();
      try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
        var line = reader.readLine();
        if (process.waitFor(1, TimeUnit.SECONDS) && line != null && line.matches("\\d+ \\d+")) {
          var parts = line.split(" ", -1);
          var size = new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
          return size.rows() > 0 && size.columns() > 0 ? size : new Size(24, 80);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      return new Size(24, 80);
    }
    return new Size(24, 80);
  }
}
