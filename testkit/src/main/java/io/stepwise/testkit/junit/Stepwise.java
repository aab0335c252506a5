package io.stepwise.testkit.junit;

import io.stepwise.server.StepwiseServer;
import io.stepwise.server.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * A server in this process for tests, on a free port of this machine, in memory, with a virtual
 * clock. Without JUnit it is used as it is; with JUnit by {@link StepwiseExtension}.
 */
public final class Stepwise implements AutoCloseable {
  private static final long END_MILLIS_MAX = 60_000;

  private final StepwiseServer server;
  private final URI endpoint;
  private final SfnClient client;
  private final TestClock clock;

  private Stepwise(StepwiseServer server, int port) {
    this.server = server;
    this.endpoint = URI.create("http://127.0.0.1:" + port);
    this.clock = new TestClock(server);
    this.client =
        SfnClient.builder()
            .endpointOverride(endpoint)
            .region(Region.of(server.config().region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .overrideConfiguration(
                c ->
                    c.putAdvancedOption(
                        SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
            .build();
  }

  /** Starts one with a virtual clock and otherwise all defaults. */
  public static Stepwise start() {
    return start(ServerConfig.builder().clock(ServerConfig.ClockKind.VIRTUAL).build());
  }

  /** Starts one as it is told. */
  public static Stepwise start(ServerConfig config) {
    NettyVersion.check(Stepwise.class.getClassLoader());
    var server = new StepwiseServer(config);
    try {
      return new Stepwise(server, server.start());
    } catch (IOException e) {
      server.close();
      throw new UncheckedIOException(e);
    }
  }

  /** Where it answers; for clients of your own, whose host prefix must be switched off. */
  public URI endpoint() {
    return endpoint;
  }

  /** A client of it, with the host prefix switched off; it is closed with the server. */
  public SfnClient client() {
    return client;
  }

  /** Its time. */
  public TestClock clock() {
    return clock;
  }

  /** Drops all state machines, executions and activities; time starts anew. */
  public void reset() {
    server.reset();
  }

  /**
   * Waits in real time until an execution has ended; returns how it is then.
   *
   * <p>Errors: {@link AssertionError} where it has not ended after a minute: it may wait for a task
   * that nobody answers, or for a deadline that only {@link TestClock#advance} brings.
   */
  public DescribeExecutionResponse end(String executionArn) throws InterruptedException {
    var begun = System.nanoTime();
    while (true) {
      var described = client.describeExecution(b -> b.executionArn(executionArn));
      if (described.status() != ExecutionStatus.RUNNING) {
        return described;
      }
      var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      if (millis > END_MILLIS_MAX) {
        throw new AssertionError(
            "Expected "
                + executionArn
                + " to end within a minute of real time. It may wait for a task that nobody answers,"
                + " or for a timeout that only moving the clock brings.");
      }
      // Most have ended before they are asked about; those that call functions have not.
      TimeUnit.MILLISECONDS.sleep(Math.min(20, millis / 4));
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
