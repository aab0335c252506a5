package io.stepwise.cli;

import picocli.CommandLine.Command;

/** {@code stepwise functions}: the Lambda functions of a running server. */
@Command(
    name = "functions",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists, calls and watches the Lambda functions of a running server.",
    subcommands = {
      FunctionsListCommand.class,
      FunctionsInvokeCommand.class,
      FunctionsLogsCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  stepwise functions list",
      "  stepwise functions invoke charge --payload '{\"order\": 7}' --tail",
      "  stepwise functions logs charge -f",
    })
final class FunctionsCommand {}
