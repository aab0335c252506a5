package io.stepwise.integration;

import io.stepwise.aws.AwsLocation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Lambda functions, wherever they run: what connectors call. Thread safe; never blocks. */
public interface Functions {
  /**
   * A call of a function.
   *
   * @param name of the function, without a qualifier
   * @param qualifier version or alias, if one was named
   * @param payload JSON in UTF-8; empty where there is none. Not to be changed
   * @param headers of Lambda's Invoke, e.g. {@code X-Amz-Log-Type}
   * @param timeout bound on the attempt that it is made for, if there is one
   * @param location where the function is
   * @param idempotencyId the same for every repetition of the same attempt
   */
  record Invocation(
      String name,
      Optional<String> qualifier,
      byte[] payload,
      Map<String, String> headers,
      Optional<Duration> timeout,
      AwsLocation location,
      String idempotencyId) {}

  /**
   * The answer of Lambda's Invoke.
   *
   * @param headers by name, in any case
   */
  record Answer(int status, Map<String, String> headers, byte[] body) {}

  /** Whether there are any at all. */
  boolean isThere();

  /**
   * Calls a function. The future fails where nothing answers; what Lambda refuses is an answer.
   * Cancelling it gives the call up.
   */
  CompletableFuture<Answer> invoke(Invocation invocation);
}
