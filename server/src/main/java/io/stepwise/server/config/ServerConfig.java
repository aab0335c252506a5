package io.stepwise.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

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
    Optional<Path> mockConfig) {

  public ServerConfig {
    Objects.requireNonNull(host);
    if (!account.matches("\\d{12}")) {
      throw new IllegalArgumentException("Expected an account of 12 digits, got '" + account + "'");
    }
    if (!region.matches("[a-z]{2,4}(-[a-z]+)+-\\d")) {
      throw new IllegalArgumentException(
          "Expected a region such as us-east-1, got '" + region + "'");
    }
    if (!(waitTimeScale >= 0)) {
      throw new IllegalArgumentException(
          "Expected a wait time scale of at least 0, got " + waitTimeScale);
    }
  }
}
