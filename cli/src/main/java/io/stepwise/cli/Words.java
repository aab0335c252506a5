package io.stepwise.cli;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.cli.run.HistoryLines;
import io.stepwise.server.config.EndpointUrl;
import io.stepwise.server.config.ServerConfig;
import io.stepwise.server.logging.LogFormat;
import java.net.URI;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words that options take, and the sentences of those that they do not take. */
final class Words {
  private Words() {}

  /** Has the options of a command line, and of those below it, read by these rules. */
  static CommandLine readBy(CommandLine line) {
    ITypeConverter<Integer> whole =
        text -> {
          try {
            return Integer.valueOf(text);
          } catch (NumberFormatException e) {
            throw new TypeConversionException("Expected a whole number, got '" + text + "'");
          }
        };
    ITypeConverter<Double> number =
        text -> {
          try {
            return Double.valueOf(text);
          } catch (NumberFormatException e) {
            throw new TypeConversionException("Expected a number, got '" + text + "'");
          }
        };
    ITypeConverter<URI> url =
        text -> {
          try {
            return EndpointUrl.parse("it", text, "http://127.0.0.1:3001");
          } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                "Expected a URL such as http://127.0.0.1:3001, got '" + text + "'");
          }
        };
    return line.registerConverter(int.class, whole)
        .registerConverter(Integer.class, whole)
        .registerConverter(Double.class, number)
        .registerConverter(URI.class, url);
  }

  /** Of state machines. */
  static final class MachineTypes extends OneOf.AsInTheApi<StateMachineType> {
    MachineTypes() {
      super(StateMachineType.class);
    }
  }

  /** Of executions. */
  static final class Statuses extends OneOf.AsInTheApi<Status> {
    Statuses() {
      super(Status.class);
    }
  }

  /** How an execution can stand. */
  enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED,
    PENDING_REDRIVE
  }

  /** Of results. */
  static final class ResultFormats extends OneOf.LowerCase<ResultFormat> {
    ResultFormats() {
      super(ResultFormat.class);
    }
  }

  /** For whom a result is. */
  enum ResultFormat {
    TEXT,
    JSON
  }

  /** Of inputs and outputs beside events. */
  static final class PayloadLengths extends OneOf.LowerCase<HistoryLines.Payloads> {
    PayloadLengths() {
      super(HistoryLines.Payloads.class);
    }
  }

  /** Of reports of definitions. */
  static final class ReportFormats extends OneOf.LowerCase<ValidateCommand.Format> {
    ReportFormats() {
      super(ValidateCommand.Format.class);
    }
  }

  /** Of logs. */
  static final class LogFormats extends OneOf.LowerCase<LogFormat> {
    LogFormats() {
      super(LogFormat.class);
    }
  }

  /** Of clocks. */
  static final class Clocks extends OneOf.LowerCase<ServerConfig.ClockKind> {
    Clocks() {
      super(ServerConfig.ClockKind.class);
    }
  }

  /** Of completion. */
  static final class Shells extends OneOf.LowerCase<CompletionCommand.Shell> {
    Shells() {
      super(CompletionCommand.Shell.class);
    }
  }
}
