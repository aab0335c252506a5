package io.stepwise.cli;

import io.stepwise.server.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code stepwise version}: the same as {@code stepwise --version}. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Shows which Stepwise this is.",
    footer = {"", "Example:", "  stepwise version"})
final class VersionCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.out.println("stepwise " + Version.TEXT);
    return 0;
  }
}
