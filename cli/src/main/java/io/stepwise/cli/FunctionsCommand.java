package io.stepwise.cli;

import picocli.CommandLine.Command;

/** {@code stepwise functions}: the Lambda functions of a running server. */
@Command(
    name = "functions",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists and calls the Lambda functions of a running server.",
    subcommands = {FunctionsListCommand.class, FunctionsInvokeCommand.class},
    footer = {
      "",
      "Examples:",
      "  stepwise functions list",
      "  stepwise functions invoke charge --payload '{\"order\": 7}' --tail",
    })
final class FunctionsCommand {}
