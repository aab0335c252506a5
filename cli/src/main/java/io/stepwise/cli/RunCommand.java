package io.stepwise.cli;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.AwsLocation;
import io.stepwise.cli.definition.DefinitionFile;
import io.stepwise.cli.definition.JsonFault;
import io.stepwise.cli.definition.TextInput;
import io.stepwise.cli.run.LocalRun;
import io.stepwise.cli.run.MockedCase;
import io.stepwise.cli.run.RunObserver;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.connectors.aws.AwsCredentials;
import io.stepwise.connectors.aws.AwsEndpoints;
import io.stepwise.connectors.lambda.LambdaEndpoint;
import io.stepwise.connectors.mock.MockConfigReader;
import io.stepwise.connectors.s3.FolderObjects;
import io.stepwise.connectors.s3.ObjectItems;
import io.stepwise.edge.HttpClient;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Payload;
import io.stepwise.functions.LogSink;
import io.stepwise.integration.Connectors;
import io.stepwise.server.ServiceConnectors;
import io.stepwise.server.config.Environment;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
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
      "On a terminal the states are drawn as a tree. In a pipe the output alone goes to standard"
          + " output, and the events, a line each, to standard error.",
      "",
      "A state that the test case of --mock does not name makes its real call. The test case is one"
          + " of the state machine --name; without it, of the one that is named as FILE is up to its"
          + " first dot, or else of the only one in the file.",
      "",
      "Exit code: 0 where it succeeded, 1 where it failed, timed out or was aborted, 2 where it"
          + " could not be started, 130 where it was interrupted.",
      "",
      "Examples:",
      "  stepwise run order-flow.asl.json --input '{\"total\": 12}'",
      "  stepwise run order-flow.asl.yaml --input @order.json --skip-time",
      "  stepwise run flow.asl.json --mock mocks.json --case CardExpired --skip-time",
      "  stepwise run flow.asl.json --lambda-endpoint http://127.0.0.1:3001 --history",
      "  stepwise run flow.asl.json --functions functions",
      "  stepwise run flow.asl.json --format json | jq .output",
      "  stepwise run flow.asl.json --input - --quiet < order.json | jq .total",
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "The definition, in JSON or YAML; - is standard input.")
  private String file = "";

  @Option(
      names = "--input",
      paramLabel = "JSON|@FILE|-",
      defaultValue = "{}",
      description =
          "The input, the file it is in, or - for standard input. Default: ${DEFAULT-VALUE}")
  private String input = "{}";

  @Option(
      names = "--type",
      defaultValue = "STANDARD",
      converter = Words.MachineTypes.class,
      completionCandidates = Words.MachineTypes.class,
      description = "STANDARD or EXPRESS. Default: ${DEFAULT-VALUE}")
  private StateMachineType type = StateMachineType.STANDARD;

  @Option(
      names = "--name",
      description =
          "Name of the state machine, in ARNs and in the file of --mock. Default: that of FILE")
  private @Nullable String name;

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
      names = "--functions",
      paramLabel = "DIR",
      description = "Folder whose subfolders are Lambda functions, run here as local processes.")
  private @Nullable Path functions;

  @Option(
      names = "--s3",
      paramLabel = "DIR",
      description =
          "Folder whose subfolders are S3 buckets, read by ItemReaders. Default: what answers at"
              + " AWS_ENDPOINT_URL_S3")
  private @Nullable Path buckets;

  @Option(
      names = "--mock",
      paramLabel = "FILE",
      description =
          "Answer tasks from a file in the format of Step Functions Local (SFN_MOCK_CONFIG).")
  private @Nullable String mockFile;

  @Option(
      names = "--case",
      paramLabel = "NAME",
      description = "The test case of that file. Default: the only one of the state machine")
  private @Nullable String testCase;

  @Option(names = "--history", description = "Show the history of the execution at the end.")
  private boolean withHistory;

  @Option(names = "--quiet", description = "Show the result, and nothing before it.")
  private boolean quiet;

  @Option(
      names = "--format",
      defaultValue = "text",
      converter = Words.ResultFormats.class,
      completionCandidates = Words.ResultFormats.class,
      description = "text or json. Default: ${DEFAULT-VALUE}")
  private Words.ResultFormat format = Words.ResultFormat.TEXT;

  @Override
  public Integer call() throws InterruptedException {
    var terminal = Terminal.ofProcess();
    if (file.equals(TextInput.STANDARD_INPUT) && input.equals(TextInput.STANDARD_INPUT)) {
      throw CommandProblem.misuse(
          "Expected - for FILE or for --input: standard input can be read once only");
    }
    if (name != null && !name.matches("[A-Za-z0-9_-]{1,80}")) {
      throw CommandProblem.misuse(
          "Expected letters, digits, - and _ in --name, 80 at most, got '" + name + "'");
    }
    if (functions != null && lambdaEndpoint != null) {
      throw CommandProblem.misuse(LocalFunctions.ONE_PLACE);
    }
    var payload = input();
    var mocked = mockedCase();
    var machine = machine(terminal, mocked);
    return machine.isEmpty()
        ? CommandProblem.MISUSE
        : run(machine.get(), payload, mocked, terminal);
  }

  private Payload input() {
    var text = input.startsWith("@") ? read("--input", input.substring(1)) : input;
    if (input.equals(TextInput.STANDARD_INPUT)) {
      text = read("--input", input);
    }
    try {
      return Payload.parse(text);
    } catch (InvalidJsonException e) {
      throw CommandProblem.misuse(
          "Expected JSON in --input, but: " + JsonFault.of(text).orElse("it is none"));
    }
  }

  private static String read(String what, String file) {
    try {
      return TextInput.read(file);
    } catch (TextInput.Unreadable e) {
      throw CommandProblem.misuse(
          "Expected a file in %s, but %s can't be read: %s".formatted(what, file, e.getMessage()));
    }
  }

  private Optional<MockedCase> mockedCase() {
    if (mockFile == null) {
      if (testCase != null) {
        throw CommandProblem.misuse("Expected --mock FILE beside --case");
      }
      return Optional.empty();
    }
    try {
      var mocks = MockConfigReader.read(mockFile, read("--mock", mockFile));
      return Optional.of(
          MockedCase.of(mocks, Optional.ofNullable(name), title(), Optional.ofNullable(testCase)));
    } catch (IllegalArgumentException e) {
      throw CommandProblem.misuse(String.valueOf(e.getMessage()));
    }
  }

  private Optional<StateMachineRevision> machine(Terminal terminal, Optional<MockedCase> mocked) {
    DefinitionFile definition;
    try {
      definition = DefinitionFile.read(file, type);
    } catch (TextInput.Unreadable e) {
      throw CommandProblem.misuse(
          "Expected a definition in %s, but it can't be read: %s".formatted(file, e.getMessage()));
    }
    var errors = terminal.errors();
    for (var finding : definition.findings()) {
      var isMocked =
          finding
              .stateNotYet()
              .filter(state -> mocked.filter(known -> known.answers(state)).isPresent())
              .isPresent();
      if (!isMocked) {
        errors.out().print(ValidationReport.text(definition, finding, errors));
      }
    }
    errors.out().flush();
    var environment = new Environment(System.getenv());
    var location = AwsLocation.of(environment.region(), environment.account());
    var called = mocked.map(MockedCase::machine).orElseGet(this::title);
    return definition
        .compiled()
        .definition()
        .map(
            compiled ->
                new StateMachineRevision(
                    1,
                    location.stateMachine(called),
                    called,
                    type,
                    location.role("stepwise-run"),
                    "",
                    compiled));
  }

  /** The name, or the file's up to its first dot, with what ARNs can't have left out. */
  private String title() {
    if (name != null) {
      return name;
    }
    var fileName = String.valueOf(Path.of(file).getFileName()).replaceFirst("\\..*$", "");
    var clean = fileName.replaceAll("[^A-Za-z0-9_-]", "-").replaceFirst("^-+$", "");
    return clean.isEmpty() ? "machine" : clean.substring(0, Math.min(80, clean.length()));
  }

  private int run(
      StateMachineRevision machine, Payload payload, Optional<MockedCase> mocked, Terminal terminal)
      throws InterruptedException {
    // The result goes to standard output, alone: what is said meanwhile is for whoever looks on.
    var aside = terminal.isTerminal() ? terminal : terminal.errors();
    try (var http = new HttpClient();
        var local = localFunctions(machine, aside, mode(terminal));
        var observer = new RunObserver(aside, mode(terminal), machine.name())) {
      var lambda = local == null ? new LambdaEndpoint(lambda(), http) : local.functions();
      var connectors =
          reading(
              ServiceConnectors.of(
                  lambda, services(), credentials(), http, Map.of(), System::currentTimeMillis));
      var answers =
          mocked.map(known -> known.over(connectors)).orElse(LocalRun.Answers.of(connectors));
      var run = new LocalRun(machine, answers, skipTime, observer);
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .unstarted(
                      () -> {
                        if (observer.interrupt(run.nowMillis())) {
                          Messages.say("Interrupted: the execution had not ended.");
                        }
                        if (local != null) {
                          local.end();
                        }
                      }));
      var execution = run.run("run", payload);
      observer.finish(run.nowMillis());
      new RunReport(terminal, aside, withHistory && (quiet || terminal.isTerminal()))
          .show(execution, observer, format, withHistory);
      return execution.status() == ExecutionStatus.SUCCEEDED ? 0 : 1;
    }
  }

  private @Nullable LocalFunctions localFunctions(
      StateMachineRevision machine, Terminal aside, RunObserver.Mode mode) {
    return functions == null
        ? null
        : LocalFunctions.in(
            functions,
            machine.stateMachineArn().location(),
            mode == RunObserver.Mode.LINES ? new FunctionLines(aside) : LogSink.NONE);
  }

  /** With the folder of {@code --s3} in place of an S3. */
  private Connectors reading(Connectors connectors) {
    var folder = buckets;
    return folder == null
        ? connectors
        : new Connectors(
            connectors.connectors(),
            new ObjectItems(location -> new FolderObjects(folder), Thread::startVirtualThread));
  }

  private Optional<URI> lambda() {
    try {
      return lambdaEndpoint != null
          ? Optional.of(lambdaEndpoint)
          : new Environment(System.getenv()).lambdaEndpoint();
    } catch (IllegalArgumentException e) {
      throw CommandProblem.misuse(String.valueOf(e.getMessage()));
    }
  }

  private AwsEndpoints services() {
    try {
      return new Environment(System.getenv()).serviceEndpoints();
    } catch (IllegalArgumentException e) {
      throw CommandProblem.misuse(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<AwsCredentials> credentials() {
    return new Environment(System.getenv()).credentials();
  }

  private RunObserver.Mode mode(Terminal terminal) {
    if (quiet || format == Words.ResultFormat.JSON) {
      return RunObserver.Mode.QUIET;
    }
    return terminal.isTerminal() ? RunObserver.Mode.LIVE : RunObserver.Mode.LINES;
  }
}
