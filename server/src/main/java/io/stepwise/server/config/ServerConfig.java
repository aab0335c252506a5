package io.stepwise.server.config;

import io.stepwise.connectors.aws.AwsCredentials;
import io.stepwise.connectors.aws.AwsEndpoints;
import io.stepwise.runtime.dispatch.EffectDispatcher;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a server is told at its start.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 for any free one
 * @param dataFolder where the store is; empty: in memory, gone with the process
 * @param account account of resources, 12 digits
 * @param region region of resources
 * @param withExamples whether an empty store gets two example state machines
 * @param waitTimeScale factor on every wait; 0 waits for nothing
 * @param lambdaEndpoint where Lambda's Invoke API answers, if anywhere
 * @param retention how long closed executions are kept
 * @param mockConfig file of mocked answers of tasks, in the format of Step Functions Local
 * @param clock which time it goes by
 * @param logRequests whether each request gets a line in the log
 * @param connectorCallsMax calls of one connector in flight at most
 * @param allowedHosts names in Host headers that are this server's, beside those nobody can buy
 * @param allowedOrigins origins of web pages that may use this server
 * @param consoleFolder where the built console is, if anywhere
 * @param functionProcessesMax processes of functions at a time
 * @param functionsFolder whose subfolders are functions, if any
 * @param serviceEndpoints where services of AWS answer
 * @param credentials what calls of them are signed with, if anything
 */
public record ServerConfig(
    String host,
    int port,
    Optional<Path> dataFolder,
    String account,
    String region,
    boolean withExamples,
    double waitTimeScale,
    Optional<URI> lambdaEndpoint,
    Duration retention,
    Optional<Path> mockConfig,
    ClockKind clock,
    boolean logRequests,
    int connectorCallsMax,
    Set<String> allowedHosts,
    Set<String> allowedOrigins,
    Optional<Path> consoleFolder,
    int functionProcessesMax,
    Optional<Path> functionsFolder,
    AwsEndpoints serviceEndpoints,
    Optional<AwsCredentials> credentials) {

  /** Processes of functions at a time, where nothing else is said. */
  public static final int FUNCTION_PROCESSES_MAX = 64;

  /** Which time a server goes by. */
  public enum ClockKind {
    /** The machine's. */
    REAL,
    /** One that skips waits, and moves on when it is told. */
    VIRTUAL
  }

  public ServerConfig {
    Objects.requireNonNull(host);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("Expected a port from 0 to 65535, got " + port);
    }
    if (!account.matches("\\d{12}")) {
      throw new IllegalArgumentException("Expected an account of 12 digits, got '" + account + "'");
    }
    if (!region.matches("[a-z]{2,4}(-[a-z]+)+-\\d")) {
      throw new IllegalArgumentException(
          "Expected a region such as us-east-1, got '" + region + "'");
    }
    if (connectorCallsMax < 1 || connectorCallsMax > 100_000) {
      throw new IllegalArgumentException(
          "Expected 1 to 100000 calls of a connector, got " + connectorCallsMax);
    }
    if (functionProcessesMax < 1 || functionProcessesMax > 10_000) {
      throw new IllegalArgumentException(
          "Expected 1 to 10000 processes of functions, got " + functionProcessesMax);
    }
    functionsFolder.ifPresent(
        folder -> {
          if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                "Expected a folder whose subfolders are functions, but " + folder + " is none");
          }
        });
    allowedHosts = checked(allowedHosts, "[a-z0-9._-]+", "a host such as stepwise.example.com");
    allowedOrigins =
        checked(allowedOrigins, "https?://[^/\\s]+", "an origin such as https://app.example.com");
    if (!(waitTimeScale >= 0) || Double.isInfinite(waitTimeScale)) {
      throw new IllegalArgumentException(
          "Expected a wait time scale of at least 0, got " + waitTimeScale);
    }
    lambdaEndpoint.ifPresent(
        url -> EndpointUrl.check("the endpoint of Lambda", url, "http://127.0.0.1:3001"));
    if (retention.isZero() || retention.isNegative()) {
      throw new IllegalArgumentException(
          "Expected a retention of some time, got "
              + retention.toDays()
              + " days: executions would be removed as soon as they end");
    }
    if (dataFolder.isPresent() && dataFolder.get().toString().isEmpty()) {
      throw new IllegalArgumentException("Expected the name of a folder for the data, got ''");
    }
    if (clock == ClockKind.VIRTUAL && dataFolder.isPresent()) {
      throw new IllegalArgumentException(
          "Expected --memory with --clock virtual: what is kept on disk must not carry times that"
              + " have not come yet");
    }
  }

  /** Whether nobody on another machine can reach it. */
  public boolean isForThisMachineOnly() {
    return isLoopback(host);
  }

  /** Whether nobody on another machine can reach an address. */
  public static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d+){3}");
  }

  private static Set<String> checked(Set<String> texts, String pattern, String expected) {
    for (var text : texts) {
      if (!text.matches(pattern)) {
        throw new IllegalArgumentException("Expected " + expected + ", got '" + text + "'");
      }
    }
    return Set.copyOf(texts);
  }

  /** All defaults: in memory, on any free port of this machine, nothing in it. */
  public static Builder builder() {
    return new Builder();
  }

  /** A configuration in the making. */
  public static final class Builder {
    private String host = "127.0.0.1";
    private int port;
    private Optional<Path> dataFolder = Optional.empty();
    private String account = "123456789012";
    private String region = "us-east-1";
    private boolean withExamples;
    private double waitTimeScale = 1;
    private Optional<URI> lambdaEndpoint = Optional.empty();
    private Duration retention = Duration.ofDays(90);
    private Optional<Path> mockConfig = Optional.empty();
    private ClockKind clock = ClockKind.REAL;
    private boolean logRequests;
    private int connectorCallsMax = EffectDispatcher.CALLS_MAX;
    private Set<String> allowedHosts = Set.of();
    private Set<String> allowedOrigins = Set.of();
    private Optional<Path> consoleFolder = Optional.empty();
    private int functionProcessesMax = FUNCTION_PROCESSES_MAX;
    private Optional<Path> functionsFolder = Optional.empty();
    private AwsEndpoints serviceEndpoints = AwsEndpoints.NONE;
    private Optional<AwsCredentials> credentials = Optional.empty();

    private Builder() {}

    /** Listens on that address. Default: 127.0.0.1. */
    public Builder host(String host) {
      this.host = host;
      return this;
    }

    /** Listens on that port; 0, the default, for any free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** Keeps its store there; empty, the default: in memory. */
    public Builder dataFolder(Optional<Path> dataFolder) {
      this.dataFolder = dataFolder;
      return this;
    }

    /** Serves that account. Default: 123456789012. */
    public Builder account(String account) {
      this.account = account;
      return this;
    }

    /** Serves that region. Default: us-east-1. */
    public Builder region(String region) {
      this.region = region;
      return this;
    }

    /** Puts examples into an empty store, or not. Default: not. */
    public Builder withExamples(boolean withExamples) {
      this.withExamples = withExamples;
      return this;
    }

    /** Multiplies every wait. Default: 1. */
    public Builder waitTimeScale(double waitTimeScale) {
      this.waitTimeScale = waitTimeScale;
      return this;
    }

    /** Finds Lambda there. Default: nowhere. */
    public Builder lambdaEndpoint(Optional<URI> lambdaEndpoint) {
      this.lambdaEndpoint = lambdaEndpoint;
      return this;
    }

    /** Keeps closed executions for that long. Default: 90 days. */
    public Builder retention(Duration retention) {
      this.retention = retention;
      return this;
    }

    /** Answers tasks of test cases from that file. Default: none. */
    public Builder mockConfig(Optional<Path> mockConfig) {
      this.mockConfig = mockConfig;
      return this;
    }

    /** Goes by that clock. Default: the real one. */
    public Builder clock(ClockKind clock) {
      this.clock = clock;
      return this;
    }

    /** Writes a line for each request, or not. Default: not. */
    public Builder logRequests(boolean logRequests) {
      this.logRequests = logRequests;
      return this;
    }

    /** Has that many calls of one connector in flight at most. Default: 4,000. */
    public Builder connectorCallsMax(int connectorCallsMax) {
      this.connectorCallsMax = connectorCallsMax;
      return this;
    }

    /** Takes requests for these hosts, too, in lower case and without a port. Default: none. */
    public Builder allowedHosts(Set<String> allowedHosts) {
      this.allowedHosts = Set.copyOf(allowedHosts);
      return this;
    }

    /** Takes requests of web pages of these origins. Default: none. */
    public Builder allowedOrigins(Set<String> allowedOrigins) {
      this.allowedOrigins = Set.copyOf(allowedOrigins);
      return this;
    }

    /** Shows browsers the console that was built there. Default: none. */
    public Builder consoleFolder(Optional<Path> consoleFolder) {
      this.consoleFolder = consoleFolder;
      return this;
    }

    /** Runs functions in that many processes at a time at most. Default: 64. */
    public Builder functionProcessesMax(int functionProcessesMax) {
      this.functionProcessesMax = functionProcessesMax;
      return this;
    }

    /** Has the subfolders of that folder as functions. Default: none. */
    public Builder functionsFolder(Optional<Path> functionsFolder) {
      this.functionsFolder = functionsFolder;
      return this;
    }

    /** Finds services of AWS there. Default: nowhere. */
    public Builder serviceEndpoints(AwsEndpoints serviceEndpoints) {
      this.serviceEndpoints = serviceEndpoints;
      return this;
    }

    /** Signs calls of services with these. Default: with those of an emulator. */
    public Builder credentials(Optional<AwsCredentials> credentials) {
      this.credentials = credentials;
      return this;
    }

    /** The configuration. Errors: {@link IllegalArgumentException} that says what is wrong. */
    public ServerConfig build() {
      return new ServerConfig(
          host,
          port,
          dataFolder,
          account,
          region,
          withExamples,
          waitTimeScale,
          lambdaEndpoint,
          retention,
          mockConfig,
          clock,
          logRequests,
          connectorCallsMax,
          allowedHosts,
          allowedOrigins,
          consoleFolder,
          functionProcessesMax,
          functionsFolder,
          serviceEndpoints,
          credentials);
    }
  }
}
