package io.stepwise.cli;

import io.stepwise.server.StepwiseServer;
import io.stepwise.server.config.Environment;
import io.stepwise.server.config.ServerConfig;
import io.stepwise.server.config.ServerConfig.ClockKind;
import io.stepwise.server.logging.LogFormat;
import io.stepwise.storage.StorageFault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stepwise start}: runs the server until it is told to stop. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Starts the server.",
    footer = {
      "",
      "Examples:",
      "  stepwise start --data /var/lib/stepwise --port 8083",
      "  stepwise start --memory --account 000000000000 --empty",
      "  stepwise start --log-format json --log-requests",
      "  stepwise start --clock virtual --port 0    for tests: a wait of a year is over at once",
      "  stepwise start --functions functions    Lambda functions from a folder",
      "  LAMBDA_ENDPOINT=http://127.0.0.1:3001 stepwise start",
    })
final class StartCommand implements Callable<Integer> {
  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      defaultValue = "8083",
      paramLabel = "N",
      description = "Port; 0 for any free one. Default: ${DEFAULT-VALUE}")
  private int port = 8083;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the data is. Default: ./stepwise-data")
  private @Nullable Path data;

  @Option(names = "--memory", description = "Keep nothing: everything is gone with the process.")
  private boolean memory;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "Account, 12 digits. Default: AWS_ACCOUNT_ID or 123456789012")
  private @Nullable String account;

  @Option(
      names = "--region",
      description = "Region. Default: AWS_REGION, AWS_DEFAULT_REGION or us-east-1")
  private @Nullable String region;

  @Option(names = "--empty", description = "Leave out the example state machines.")
  private boolean empty;

  @Option(
      names = "--insecure",
      description = "Listen on an address that others can reach, without authentication.")
  private boolean insecure;

  @Option(
      names = "--lambda-endpoint",
      paramLabel = "URL",
      description =
          "Where Lambda's Invoke API answers, in place of the functions of this server. Default:"
              + " AWS_ENDPOINT_URL_LAMBDA or LAMBDA_ENDPOINT")
  private @Nullable URI lambdaEndpoint;

  @Option(
      names = "--wait-time-scale",
      paramLabel = "N",
      description = "Factor on every wait; 0 waits for nothing. Default: WAIT_TIME_SCALE or 1")
  private @Nullable Double waitTimeScale;

  @Option(
      names = "--clock",
      defaultValue = "real",
      converter = Words.Clocks.class,
      completionCandidates = Words.Clocks.class,
      description =
          "real or virtual. A virtual clock skips waits and retry delays when nothing is under way,"
              + " and moves on when told; it implies --memory. Default: ${DEFAULT-VALUE}")
  private ClockKind clock = ClockKind.REAL;

  @Option(
      names = "--retention",
      paramLabel = "DAYS",
      defaultValue = "90",
      description = "How long closed executions are kept. Default: ${DEFAULT-VALUE} days")
  private int retentionDays = 90;

  @Option(
      names = "--connector-calls",
      paramLabel = "N",
      defaultValue = "4000",
      description =
          "Calls of one connector in flight at most; the rest waits. Default: ${DEFAULT-VALUE}")
  private int connectorCalls = 4_000;

  @Option(
      names = "--function-processes",
      paramLabel = "N",
      defaultValue = "64",
      description = "Processes of Lambda functions at a time at most. Default: ${DEFAULT-VALUE}")
  private int functionProcesses = ServerConfig.FUNCTION_PROCESSES_MAX;

  @Option(
      names = "--functions",
      paramLabel = "DIR",
      description =
          "Folder whose subfolders are Lambda functions: what is saved there is run by the next"
              + " call. Tasks call them, whatever the environment says of an endpoint.")
  private @Nullable Path functions;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "Take requests for this host name too. Known without: IP addresses, localhost, names"
              + " without a dot, names of AWS's. May be repeated.")
  private List<String> allowedHosts = List.of();

  @Option(
      names = "--allow-origin",
      paramLabel = "URL",
      description = "Let web pages of this origin use the server. May be repeated.")
  private List<String> allowedOrigins = List.of();

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      converter = Words.LogFormats.class,
      completionCandidates = Words.LogFormats.class,
      description = "text, or json for a JSON object a line. Default: STEPWISE_LOG_FORMAT or text")
  private @Nullable LogFormat logFormat;

  @Option(
      names = "--log-requests",
      description =
          "Log each request: action, status, time, id. Also by STEPWISE_LOG_REQUESTS=true")
  private boolean logRequests;

  @Override
  public Integer call() throws InterruptedException {
    if (!ServerConfig.isLoopback(host) && !insecure) {
      throw CommandProblem.misuse(
          "Stepwise does not check credentials yet, and "
              + host
              + " can be reached from outside:"
              + " add --insecure if that is what you want.");
    }
    var config = config();
    // Before the data is opened, or made: a second start is told what is really in its way.
    if (port != 0) {
      ServerProbe.expectFree(host, port);
    }
    StepwiseServer server;
    int listening;
    try {
      server = new StepwiseServer(config);
      listening = server.start();
    } catch (IllegalArgumentException e) {
      throw CommandProblem.misuse(String.valueOf(e.getMessage()));
    } catch (StorageFault e) {
      throw CommandProblem.failure(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw CommandProblem.failure(String.valueOf(e.getMessage()));
    }
    banner(server.config(), listening);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      server.close();
                      System.err.println("Stepwise has stopped.");
                      stopped.countDown();
                    }));
    stopped.await();
    return 0;
  }

  private ServerConfig config() {
    var environment = new Environment(System.getenv());
    expectUseOfData();
    if (functions != null && lambdaEndpoint != null) {
      throw CommandProblem.misuse(LocalFunctions.ONE_PLACE);
    }
    if (retentionDays < 1) {
      throw CommandProblem.misuse(
          "Expected at least 1 day in --retention, got "
              + retentionDays
              + ": executions would be removed as soon as they end");
    }
    try {
      (logFormat != null ? logFormat : environment.logFormat()).use();
      return ServerConfig.builder()
          .host(host)
          .port(port)
          .dataFolder(
              memory || clock == ClockKind.VIRTUAL
                  ? Optional.empty()
                  : Optional.of(data == null ? Path.of("stepwise-data") : data))
          .account(account != null ? account : environment.account())
          .region(region != null ? region : environment.region())
          .withExamples(!empty)
          .waitTimeScale(waitTimeScale != null ? waitTimeScale : environment.waitTimeScale())
          .serviceEndpoints(environment.serviceEndpoints())
          .credentials(environment.credentials())
          .lambdaEndpoint(
              lambdaEndpoint != null || functions != null
                  ? Optional.ofNullable(lambdaEndpoint)
                  : environment.lambdaEndpoint())
          .retention(Duration.ofDays(retentionDays))
          .mockConfig(environment.mockConfig())
          .clock(clock)
          .logRequests(logRequests || environment.logRequests())
          .connectorCallsMax(connectorCalls)
          .functionProcessesMax(functionProcesses)
          .functionsFolder(Optional.ofNullable(functions))
          .allowedHosts(
              allowedHosts.stream()
                  .map(name -> name.toLowerCase(Locale.ROOT))
                  .collect(Collectors.toSet()))
          .allowedOrigins(Set.copyOf(allowedOrigins))
          .consoleFolder(consoleFolder())
          .build();
    } catch (IllegalArgumentException e) {
      throw CommandProblem.misuse(String.valueOf(e.getMessage()));
    }
  }

  /** The console that the start script built; there is none for those who can't build it. */
  private static Optional<Path> consoleFolder() {
    return Optional.ofNullable(System.getProperty("stepwise.console"))
        .map(Path::of)
        .filter(folder -> Files.isRegularFile(folder.resolve("index.html")));
  }

  /** An option that changes nothing is a misunderstanding, and of data a dear one. */
  private void expectUseOfData() {
    if (data != null && memory) {
      throw CommandProblem.misuse("Expected --data or --memory, got both");
    }
    if (data != null && clock == ClockKind.VIRTUAL) {
      throw CommandProblem.misuse(
          "Expected --data or --clock virtual, got both: what is kept on disk must not carry times"
              + " that have not come yet");
    }
  }

  private static void banner(ServerConfig config, int port) {
    System.out.printf(
        """
        Stepwise is running.

          endpoint   http://%s:%d
          console    %s
          account    %s, region %s
          data       %s
          lambda     %s
          clock      %s

        Try:  aws stepfunctions list-state-machines --endpoint-url http://%s:%d --region %s
        Stop: Ctrl+C
        """,
        config.host(),
        port,
        config.consoleFolder().isPresent()
            ? "http://%s:%d/".formatted(config.host(), port)
            : "not built (bin/run builds it where Node.js is)",
        config.account(),
        config.region(),
        config
            .dataFolder()
            .map(folder -> folder.toAbsolutePath().toString())
            .orElse("in memory only"),
        config
            .lambdaEndpoint()
            .map(URI::toString)
            .or(() -> config.functionsFolder().map(folder -> "functions of " + folder))
            .orElse("functions of this server"),
        switch (config.clock()) {
          case REAL -> "real";
          case VIRTUAL -> "virtual: skips waits; POST /_stepwise/clock moves it";
        },
        config.host(),
        port,
        config.region());
    System.out.flush();
  }
}
