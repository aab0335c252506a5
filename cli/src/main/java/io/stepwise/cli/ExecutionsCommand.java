package io.stepwise.cli;

import picocli.CommandLine.Command;

/** {@code stepwise executions}: looks at the executions of a running server. */
@Command(
    name = "executions",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Looks at executions of a running server.",
    subcommands = {
      ExecutionsListCommand.class,
      ExecutionsFollowCommand.class,
      ExecutionsHistoryCommand.class,
      ExecutionsLogsCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  stepwise executions list",
      "  stepwise executions list OrderFlow --status FAILED",
      "  stepwise executions follow OrderFlow:o-17",
      "  stepwise executions history OrderFlow:o-17 --format json | jq .events",
      "  stepwise executions logs OrderFlow:o-17 Charge",
    })
final class ExecutionsCommand {}
