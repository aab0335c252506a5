package io.stepwise.cli;

import io.stepwise.cli.terminal.DisplayText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The help of commands, laid out for the width of the terminal. Lines break between words only:
 * what one copies stays whole. Examples do not break at all.
 *
 * @param columns of the terminal
 */
record Help(int columns) {
  /** Where descriptions begin, where there is room for two columns. */
  private static final int SECOND_COLUMN = 29;

  private static final int TWO_COLUMNS_MIN = 70;

  /** Has a command line, and those below it, show help this way. */
  CommandLine of(CommandLine line) {
    Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>();
    sections.put("help", help -> text(help.commandSpec()));
    line.setHelpSectionMap(sections);
    line.setHelpSectionKeys(List.of("help"));
    line.getSubcommands().values().forEach(this::of);
    return line;
  }

  /** All of the help of a command. */
  String text(CommandSpec spec) {
    var lines = new ArrayList<String>();
    wrap("", "Usage: " + synopsis(spec), "  ", lines);
    var usage = spec.usageMessage();
    Arrays.stream(usage.description()).forEach(each -> wrap("", each, "", lines));
    var arguments = spec.positionalParameters().stream().filter(each -> !each.hidden()).toList();
    if (!arguments.isEmpty()) {
      lines.add("");
      arguments.forEach(each -> row("  " + each.paramLabel(), description(each), lines));
    }
    lines.add("");
    for (var option : spec.options()) {
      row(names(option), description(option), lines);
    }
    if (!spec.subcommands().isEmpty()) {
      lines.add("");
      lines.add("Commands:");
      spec.subcommands()
          .forEach(
              (name, command) ->
                  row("  " + name, first(command.getCommandSpec().usageMessage()), lines));
    }
    for (var line : usage.footer()) {
      if (line.startsWith("  ")) {
        example(line, lines);
      } else {
        wrap("", line, "", lines);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /**
   * What one copies stays in one line; what it does goes below it where there is no room beside.
   */
  private void example(String line, List<String> lines) {
    var parts = line.strip().split(" {2,}", 2);
    if (parts.length < 2 || DisplayText.width(line) <= columns) {
      lines.add(line);
    } else {
      lines.add("  " + parts[0]);
      wrap(" ".repeat(6), parts[1], " ".repeat(6), lines);
    }
  }

  private static String synopsis(CommandSpec spec) {
    var parts = new ArrayList<String>();
    parts.add(spec.qualifiedName());
    parts.add("[OPTIONS]");
    for (var argument : spec.positionalParameters()) {
      if (!argument.hidden()) {
        var label = argument.paramLabel() + (argument.arity().max() > 1 ? "..." : "");
        parts.add(argument.arity().min() == 0 ? "[" + label + "]" : label);
      }
    }
    if (!spec.subcommands().isEmpty()) {
      parts.add("COMMAND");
    }
    return String.join(" ", parts);
  }

  private static String names(OptionSpec option) {
    var names =
        Arrays.stream(option.names())
            .sorted((one, other) -> Integer.compare(one.length(), other.length()))
            .collect(Collectors.joining(", "));
    var indent = names.startsWith("--") ? "      " : "  ";
    var label =
        option.arity().max() > 0
            ? "=" + option.paramLabel().replaceAll("[<>]", "").toUpperCase(Locale.ROOT)
            : "";
    return indent + names + label;
  }

  private static String description(ArgSpec argument) {
    var text = String.join(" ", argument.description());
    var value = argument.defaultValue();
    return text.replace("${DEFAULT-VALUE}", value == null ? "" : value)
        .replaceFirst("^Show this help message and exit\\.$", "Show this help.")
        .replaceFirst("^Print version information and exit\\.$", "Show the version.");
  }

  private static String first(UsageMessageSpec usage) {
    return usage.header().length > 0 ? usage.header()[0] : usage.description()[0];
  }

  private void row(String left, String right, List<String> lines) {
    if (columns < TWO_COLUMNS_MIN) {
      lines.add(left);
      wrap(" ".repeat(8), right, " ".repeat(8), lines);
    } else if (DisplayText.width(left) + 2 > SECOND_COLUMN) {
      lines.add(left);
      wrap(" ".repeat(SECOND_COLUMN), right, " ".repeat(SECOND_COLUMN), lines);
    } else {
      wrap(DisplayText.padded(left, SECOND_COLUMN), right, " ".repeat(SECOND_COLUMN), lines);
    }
  }

  /** Breaks a line where a blank is, and nowhere else. */
  private void wrap(String start, String text, String indent, List<String> lines) {
    var line = new StringBuilder(start);
    var isFirst = true;
    for (var word : text.split(" ", -1)) {
      if (!isFirst && DisplayText.width(line + " " + word) > columns) {
        lines.add(line.toString());
        line = new StringBuilder(indent).append(word);
      } else {
        line.append(isFirst ? "" : " ").append(word);
      }
      isFirst = false;
    }
    lines.add(line.toString().stripTrailing());
  }
}
