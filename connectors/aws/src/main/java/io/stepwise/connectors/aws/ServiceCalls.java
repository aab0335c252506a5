package io.stepwise.connectors.aws;

import io.stepwise.aws.model.ModelOperation;
import io.stepwise.aws.model.ServiceModel;
import io.stepwise.connectors.aws.wire.BadParameters;
import io.stepwise.connectors.aws.wire.ParameterCheck;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorOutcome.Failure;
import io.stepwise.integration.ConnectorRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Calls on behalf of tasks: with the role that the state names, within the time that it has. */
public final class ServiceCalls {
  /** How long an answer is waited for where the state says nothing. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** The longest call that any service has: an invocation of a model or an agent. */
  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(15);

  private final AwsClient client;
  private final AssumedRoles roles;

  /** Calls by a client. */
  public ServiceCalls(AwsClient client, AssumedRoles roles) {
    this.client = client;
    this.roles = roles;
  }

  boolean reaches(ServiceModel service) {
    return client.reaches(service.serviceId());
  }

  /**
   * Makes a call with parameters that the operation takes; others start nothing.
   *
   * @param given makes the operation's parameters of the task's
   */
  CompletableFuture<ConnectorOutcome> checked(
      ConnectorRequest request,
      ModelOperation operation,
      Supplier<JsonNode> given,
      Function<JsonNode, CompletableFuture<ConnectorOutcome>> call) {
    List<String> problems;
    try {
      var parameters = given.get();
      problems =
          operation
              .input()
              .map(shape -> ParameterCheck.problems(shape, parameters))
              .orElse(List.of());
      if (problems.isEmpty()) {
        return call.apply(parameters);
      }
    } catch (BadParameters e) {
      problems = List.of(String.valueOf(e.getMessage()));
    }
    return CompletableFuture.completedFuture(CallOutcomes.badParameters(request, problems));
  }

  /** A call of a task, and what its answer means. */
  CompletableFuture<ConnectorOutcome> call(
      ConnectorRequest request,
      ServiceModel service,
      ModelOperation operation,
      JsonNode parameters,
      String prefix,
      Function<AwsClient.Answer, ConnectorOutcome> meaning) {
    if (request.roleArn().isEmpty()) {
      var answer = client.call(call(request, service, operation, parameters, Optional.empty()));
      return outcome(answer, meaning, prefix, request);
    }
    var outcome = new CompletableFuture<ConnectorOutcome>();
    var current = new AtomicReference<CompletableFuture<?>>();
    var assuming = roles.assume(request.roleArn().get(), request);
    current.set(assuming);
    assuming.whenComplete(
        (role, failure) -> {
          if (outcome.isDone()) {
            return;
          }
          if (failure != null) {
            outcome.complete(CallOutcomes.noAnswer("Sts", request, failure));
            return;
          }
          switch (role) {
            case AssumedRoles.Role.Refused(var why) ->
                outcome.complete(new Failure("States.TaskFailed", why));
            case AssumedRoles.Role.Assumed(var credentials) -> {
              try {
                var answer =
                    client.call(
                        call(request, service, operation, parameters, Optional.of(credentials)));
                var called = outcome(answer, meaning, prefix, request);
                current.set(called);
                called.thenAccept(outcome::complete);
              } catch (RuntimeException e) {
                outcome.complete(CallOutcomes.noAnswer(prefix, request, e));
              }
            }
          }
        });
    outcome.whenComplete(
        (result, failure) -> {
          var running = current.get();
          if (outcome.isCancelled() && running != null && running != assuming) {
            running.cancel(true);
          }
        });
    return outcome;
  }

  private static AwsClient.Call call(
      ConnectorRequest request,
      ServiceModel service,
      ModelOperation operation,
      JsonNode parameters,
      Optional<AwsCredentials> assumed) {
    var timeout =
        request
            .timeout()
            .map(limit -> limit.plusSeconds(5))
            .filter(limit -> limit.compareTo(TIMEOUT_MAX) < 0)
            .orElse(request.timeout().isPresent() ? TIMEOUT_MAX : TIMEOUT);
    return new AwsClient.Call(
        service,
        operation,
        parameters,
        request.location(),
        assumed,
        timeout,
        request::idempotencyId);
  }

  private static CompletableFuture<ConnectorOutcome> outcome(
      CompletableFuture<AwsClient.Answer> answer,
      Function<AwsClient.Answer, ConnectorOutcome> meaning,
      String prefix,
      ConnectorRequest request) {
    var outcome =
        answer.handle(
            (done, failure) ->
                failure == null
                    ? meaning.apply(done)
                    : CallOutcomes.noAnswer(prefix, request, failure));
    outcome.whenComplete(
        (result, failure) -> {
          if (outcome.isCancelled()) {
            answer.cancel(true);
          }
        });
    return outcome;
  }
}
