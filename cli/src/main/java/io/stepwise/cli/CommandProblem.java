package io.stepwise.cli;

/** What keeps a command from its work, in a sentence for whoever typed it. */
final class CommandProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Exit code of a command that was told something wrong, or that can't begin. */
  static final int MISUSE = 2;

  private final int exitCode;

  private CommandProblem(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** An option, an argument or a file is wrong. */
  static CommandProblem misuse(String message) {
    return new CommandProblem(message, MISUSE);
  }

  /** Something else went wrong; 1 is the exit code. */
  static CommandProblem failure(String message) {
    return new CommandProblem(message, 1);
  }

  int exitCode() {
    return exitCode;
  }
}
