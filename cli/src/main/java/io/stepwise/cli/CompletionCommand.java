package io.stepwise.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stepwise completion}: what a shell needs to complete commands, options and names. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints the completion script of a shell.",
    footer = {
      "",
      "State machines and executions are those of the server that 'executions list' asks.",
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
          case BASH -> CompletionScript.bash(root);
          case ZSH -> CompletionScript.zsh(root);
          case FISH -> CompletionScript.fish(root);
        });
    System.out.flush();
    return 0;
  }
}
