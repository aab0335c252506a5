package io.stepwise.cli;

import io.stepwise.api.operation.HistoryWriter;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.cli.definition.DefinitionFile;
import io.stepwise.cli.run.EventLine;
import io.stepwise.cli.run.MockedCase;
import io.stepwise.cli.run.RunObserver;
import io.stepwise.cli.terminal.Colour;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.connectors.lambda.LambdaConnector;
import io.stepwise.edge.HttpClient;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connectors;
import io.stepwise.runtime.LocalRun;
import io.stepwise.runtime.mock.MockConfigReader;
import io.stepwise.server.config.Environment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepwise run FILE}: one execution in this process, without a server. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs a definition here and now, without a server, and shows what it does.",
    footer = {
      "",
      "Exit code: 0 where it succeeded, 1 where it failed, timed out or was aborted, 2 where it",
      "could not be started.",
      "",
      "Examples:",
      "  stepwise run order-flow.asl.json --input '{\"total\": 12}'",
      "  stepwise run order-flow.asl.yaml --input @order.json --skip-time",
      "  stepwise run flow.asl.json --mock mocks.json --case CardExpired --skip-time",
      "  stepwise run flow.asl.json --lambda-endpoint http://127.0.0.1:3001 --history",
      "  stepwise run flow.asl.json --format json | jq .output",
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The definition, in JSON or YAML.")
  private Path file = Path.of("");

  @Option(
      names = "--input",
      paramLabel = "JSON|@FILE",
      defaultValue = "{}",
      description = "The input, or the file it is in. Default: ${DEFAULT-VALUE}")
  private String input = "{}";

  @Option(
      names = "--type",
      defaultValue = "STANDARD",
      description = "STANDARD or EXPRESS. Default: ${DEFAULT-VALUE}")
  private StateMachineType type = StateMachineType.STANDARD;

  @Option(
      names = "--skip-time",
      description = "Skip waits, retry delays and the like: the clock jumps to what is due next.")
  private boolean skipTime;

  @Option(
      names = "--lambda-endpoint",
      paramLabel = "URL",
      description =
          "Where Lambda's Invoke API answers. Default: AWS_ENDPOINT_URL_LAMBDA or LAMBDA_ENDPOINT")
  private @Nullable URI lambdaEndpoint;

  @Option(
      names = "--mock",
      paramLabel = "FILE",
      description =
          "Answer tasks from a file in the format of Step Functions Local (SFN_MOCK_CONFIG).")
  private @Nullable Path mockFile;

  @Option(
      names = "--case",
      paramLabel = "NAME",
      description = "The test case of that file. Default: the only one of the state machine")
  private @Nullable String testCase;

  @Option(names = "--history", description = "Show the history of the execution at the end.")
  private boolean withHistory;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}")
  private Format format = Format.TEXT;

  /** For whom the result is. */
  enum Format {
    TEXT,
    JSON
  }

  @Override
  public Integer call() throws InterruptedException {
    var terminal = Terminal.ofProcess();
    Payload payload;
    Optional<StateMachineRevision> machine;
    var mocked = Optional.<MockedCase>empty();
    try {
      payload = Payload.parse(inputText());
      mocked = mockedCase();
      machine = machine(terminal, mocked.map(MockedCase::machine).orElseGet(this::title));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    } catch (InvalidJsonException e) {
      System.err.println("Expected JSON in --input, but: " + e.getMessage());
      return 2;
    } catch (IOException e) {
      System.err.println("Expected a file to read, but: " + e);
      return 2;
    }
    return machine.isEmpty() ? 2 : run(machine.get(), payload, mocked, terminal);
  }

  private Optional<MockedCase> mockedCase() {
    if (mockFile == null) {
      if (testCase != null) {
        throw new IllegalArgumentException("Expected --mock FILE beside --case");
      }
      return Optional.empty();
    }
    return Optional.of(
        MockedCase.of(MockConfigReader.read(mockFile), title(), Optional.ofNullable(testCase)));
  }

  private String inputText() throws IOException {
    return input.startsWith("@") ? Files.readString(Path.of(input.substring(1))) : input;
  }

  private Optional<StateMachineRevision> machine(Terminal terminal, String name)
      throws IOException {
    var definition = DefinitionFile.read(file, type);
    var errors = new Terminal(System.err, terminal.isTerminal(), terminal.hasColour());
    for (var finding : definition.findings()) {
      System.err.print(ValidationReport.text(definition, finding, errors));
    }
    var environment = new Environment(System.getenv());
    return definition
        .compiled()
        .definition()
        .map(
            compiled ->
                new StateMachineRevision(
                    1,
                    "arn:aws:states:%s:%s:stateMachine:%s"
                        .formatted(environment.region(), environment.account(), name),
                    name,
                    type,
                    "arn:aws:iam::" + environment.account() + ":role/stepwise-run",
                    "",
                    compiled));
  }

  /** The file's name up to its first dot, with what ARNs can't have left out. */
  private String title() {
    var name = String.valueOf(file.getFileName()).replaceFirst("\\..*$", "");
    var clean = name.replaceAll("[^A-Za-z0-9_-]", "-");
    return clean.isEmpty() ? "machine" : clean;
  }

  private int run(
      StateMachineRevision machine, Payload payload, Optional<MockedCase> mocked, Terminal terminal)
      throws InterruptedException {
    var environment = new Environment(System.getenv());
    var endpoint =
        lambdaEndpoint != null ? Optional.of(lambdaEndpoint) : environment.lambdaEndpoint();
    try (var http = new HttpClient();
        var observer = new RunObserver(terminal, mode(terminal), machine.name())) {
      var connectors = new Connectors(List.of(new LambdaConnector(endpoint, http)));
      // A run that is interrupted must not leave the terminal without a cursor.
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(observer::close));
      var answers =
          mocked.map(known -> known.over(connectors)).orElse(LocalRun.Answers.of(connectors));
      var run = new LocalRun(machine, answers, skipTime, observer);
      var execution = run.run("run", payload);
      observer.finish(run.nowMillis());
      report(execution, observer, terminal);
      return execution.status() == ExecutionStatus.SUCCEEDED ? 0 : 1;
    }
  }

  private RunObserver.Mode mode(Terminal terminal) {
    if (format == Format.JSON) {
      return RunObserver.Mode.QUIET;
    }
    return terminal.isTerminal() ? RunObserver.Mode.LIVE : RunObserver.Mode.LINES;
  }

  private void report(Execution execution, RunObserver observer, Terminal terminal) {
    var out = terminal.out();
    if (format == Format.JSON) {
      out.println(json(execution, observer));
      out.flush();
      return;
    }
    out.println();
    // Where every event had its line already, the history would only repeat them.
    if (withHistory && terminal.isTerminal()) {
      for (var event : observer.history()) {
        out.println(EventLine.of(event, observer.startMillis()));
      }
      out.println();
    }
    var output = execution.output();
    if (output != null) {
      out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(output.tree()));
    } else {
      out.println(terminal.paint(Colour.RED, execution.status().name()));
      if (execution.error() != null) {
        out.println("error  " + execution.error());
      }
      if (execution.cause() != null) {
        out.println("cause  " + execution.cause());
      }
    }
    out.println();
    out.println(
        terminal.paint(Colour.DIM, observer.stateTransitions() + " billed state transitions"));
    out.flush();
  }

  private String json(Execution execution, RunObserver observer) {
    var result = Json.nodes().objectNode().put("status", execution.status().name());
    if (execution.output() != null) {
      result.set("output", execution.output().tree());
    }
    if (execution.error() != null) {
      result.put("error", execution.error());
    }
    if (execution.cause() != null) {
      result.put("cause", execution.cause());
    }
    result.put("durationMillis", execution.stopMillis() - execution.header().startMillis());
    result.put("billedStateTransitions", observer.stateTransitions());
    if (withHistory) {
      var events = result.putArray("history");
      observer.history().forEach(event -> events.add(HistoryWriter.tree(event)));
    }
    return Json.print(result);
  }
}
