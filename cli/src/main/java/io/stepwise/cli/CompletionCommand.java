package io.stepwise.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stepwise completion}: what a shell needs to complete commands and options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints the completion script of a shell.",
    footer = {
      "",
      "Examples:",
      "  source <(stepwise completion bash)                            in ~/.bashrc",
      "  source <(stepwise completion zsh)                             in ~/.zshrc",
      "  stepwise completion fish > ~/.config/fish/completions/stepwise.fish",
    })
final class CompletionCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SHELL",
      converter = Words.Shells.class,
      completionCandidates = Words.Shells.class,
      description = "bash, zsh or fish.")
  private Shell shell = Shell.BASH;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The shells. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Override
  public Integer call() {
    var root = spec.root();
    System.out.print(
        switch (shell) {
          // One script for both: it sets up bash's completion in a zsh.
          case BASH, ZSH -> AutoComplete.bash("stepwise", root.commandLine());
          case FISH -> fish(root, "");
        });
    System.out.flush();
    return 0;
  }

  /** Completes each command after those before it, and its options. */
  static String fish(CommandSpec command, String path) {
    var script = new StringBuilder();
    if (path.isEmpty()) {
      script.append("complete -c stepwise -f\n");
    }
    var seen = path.isEmpty() ? "__fish_use_subcommand" : seen(path);
    command
        .subcommands()
        .forEach(
            (name, line) -> {
              var spec = line.getCommandSpec();
              var unless =
                  path.isEmpty()
                      ? ""
                      : "; and not __fish_seen_subcommand_from "
                          + String.join(" ", command.subcommands().keySet());
              script.append(
                  "complete -c stepwise -n '%s%s' -a %s -d '%s'\n"
                      .formatted(seen, unless, name, first(spec.usageMessage().description())));
              script.append(fish(spec, (path + " " + name).strip()));
            });
    for (var option : command.options()) {
      for (var name : option.names()) {
        script.append(
            "complete -c stepwise -n '%s' %s %s%s -d '%s'\n"
                .formatted(
                    seen,
                    name.startsWith("--") ? "-l" : "-s",
                    name.replaceFirst("^-+", ""),
                    option.arity().max() > 0 ? " -r -F" : "",
                    first(option.description())));
      }
    }
    if (command.positionalParameters().stream().anyMatch(p -> p.paramLabel().matches("FILE|DIR"))) {
      script.append("complete -c stepwise -n '%s' -F\n".formatted(seen));
    }
    return script.toString();
  }

  private static String seen(String path) {
    var conditions = new StringBuilder();
    for (var word : path.split(" ", -1)) {
      conditions
          .append(conditions.isEmpty() ? "" : "; and ")
          .append("__fish_seen_subcommand_from ")
          .append(word);
    }
    return conditions.toString();
  }

  private static String first(String[] description) {
    return description.length == 0 ? "" : description[0].replace("'", "’").replace("%n", " ");
  }
}
