package io.stepwise.cli;

import io.stepwise.asl.Nearest;
import io.stepwise.server.config.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.regex.Matcher;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what commands throw into a sentence and an exit code; nobody is shown a stack trace. */
final class Faults implements IExecutionExceptionHandler, IParameterExceptionHandler {

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult result) {
    return switch (e) {
      case CommandProblem problem -> {
        Messages.say(String.valueOf(problem.getMessage()));
        yield problem.exitCode();
      }
      case UncheckedIOException io when io.getCause() != null -> {
        Messages.say("Expected to read and write, but: " + Reason.of(io.getCause()));
        yield 1;
      }
      case IOException io -> {
        Messages.say("Expected to read and write, but: " + Reason.of(io));
        yield 1;
      }
      case InterruptedException _ -> {
        Messages.say("Interrupted.");
        yield 130;
      }
      default -> ours(e);
    };
  }

  /** A mistake of ours: said as such, with what whoever mends it has to know. */
  private static int ours(Exception e) {
    if (Boolean.parseBoolean(System.getenv("STEPWISE_TRACE"))) {
      e.printStackTrace(Messages.stream());
      return 70;
    }
    var place =
        Arrays.stream(e.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("io.stepwise."))
            .findFirst()
            .map(frame -> " in " + frame.getFileName() + ":" + frame.getLineNumber())
            .orElse("");
    Messages.say(
        "This is a fault of Stepwise itself (%s%s). Please report it, with the command and what it prints with STEPWISE_TRACE=true."
            .formatted(e.getClass().getSimpleName(), place));
    return 70;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    var line = e.getCommandLine();
    Messages.say(sentence(e, line.getCommandSpec()));
    Messages.say("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return CommandProblem.MISUSE;
  }

  private static String sentence(ParameterException e, CommandSpec spec) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unknown(unmatched.getUnmatched().getFirst(), spec);
    }
    // The converters' words, without what picocli puts around them.
    var message = String.valueOf(e.getMessage());
    var expected = message.indexOf("Expected ");
    if (expected < 0) {
      return message;
    }
    var words = message.substring(expected);
    return e.getArgSpec() == null
        ? words
        : words.replaceFirst(
            ", got '", Matcher.quoteReplacement(" in " + named(e.getArgSpec()) + ", got '"));
  }

  private static String named(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String unknown(String word, CommandSpec spec) {
    var isOption = word.startsWith("-") && word.length() > 1;
    var name = word.replaceFirst("=.*$", "");
    var known = isOption ? spec.optionsMap().keySet() : spec.subcommands().keySet();
    var kind = isOption ? "option" : spec.subcommands().isEmpty() ? "argument" : "command";
    return "Unknown %s '%s'.%s"
        .formatted(
            kind,
            name,
            Nearest.to(name, known).map(near -> " Did you mean " + near + "?").orElse(""));
  }
}
