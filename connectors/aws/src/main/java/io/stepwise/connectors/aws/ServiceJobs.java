package io.stepwise.connectors.aws;

import io.stepwise.aws.IntegrationPattern;
import io.stepwise.aws.model.Dialect;
import io.stepwise.aws.model.ServiceModels;
import io.stepwise.connectors.aws.wire.ServiceFailure;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorOutcome.Failure;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.integration.Jobs;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jobs of services, looked at and stopped as {@link JobRule} says. A job is known by the parameters
 * of the action that describes it.
 */
final class ServiceJobs implements Jobs {
  private static final String REASON = "Reason";

  private final ServiceModels models;
  private final ServiceCalls calls;

  ServiceJobs(ServiceModels models, ServiceCalls calls) {
    this.models = models;
    this.calls = calls;
  }

  /** What a job is known by; empty where neither the answer nor the request has it. */
  static Optional<String> reference(JobRule job, ConnectorRequest request, Payload answer) {
    var reference = Json.nodes().objectNode();
    for (var id : job.ids().entrySet()) {
      var value = at(answer.tree(), id.getValue());
      if (value.isMissingNode()) {
        value = at(request.parameters().tree(), id.getValue());
      }
      if (value.isMissingNode() && !id.getKey().equals("Cluster")) {
        return Optional.empty();
      }
      if (!value.isMissingNode()) {
        reference.set(id.getKey(), value);
      }
    }
    return Optional.of(Json.print(reference));
  }

  /** The value at a path such as {@code Tasks[0].TaskArn}. */
  private static JsonNode at(JsonNode tree, String path) {
    var value = tree;
    if (!path.isEmpty()) {
      for (var name : path.replace("[", ".[").split("\\.")) {
        value =
            name.startsWith("[")
                ? value.path(Integer.parseInt(name.substring(1, name.length() - 1)))
                : value.path(name);
      }
    }
    return value;
  }

  @Override
  public CompletableFuture<Status> poll(Jobs.Job awaited) {
    var job = job(awaited);
    var parameters = Json.nodes().objectNode();
    for (var id : Json.parseTrusted(awaited.reference()).properties()) {
      put(parameters, id.getKey(), id.getValue());
    }
    var ended = new AtomicReference<@Nullable Status>();
    return call(
            awaited,
            job.poll(),
            parameters,
            answer -> {
              var status = status(job, awaited, answer);
              ended.set(status);
              return new ConnectorOutcome.Success(Payload.EMPTY_OBJECT);
            })
        // Nobody answered, or the service could not: that mends, or the task times out.
        .thenApply(
            outcome -> {
              var status = ended.get();
              return status == null ? new Status.Running() : status;
            });
  }

  private static Status status(JobRule job, Jobs.Job awaited, AwsClient.Answer answer) {
    return switch (answer) {
      case AwsClient.Answer.Done(var result, _) -> described(job, awaited, result);
      case AwsClient.Answer.Refused(var failure)
          when failure.status() >= 500 || failure.status() == 429 || isThrottling(failure.code()) ->
          new Status.Running();
      case AwsClient.Answer.Refused(var failure)
          when isGone(failure.code()) && job.succeeded().stream().anyMatch(ServiceJobs::isGone) ->
          new Status.Ended(new ConnectorOutcome.Success(Payload.EMPTY_OBJECT));
      case AwsClient.Answer.Refused(var failure) -> new Status.Ended(refused(awaited, failure));
    };
  }

  private static ConnectorOutcome refused(Jobs.Job awaited, ServiceFailure failure) {
    return new Failure(
        "States.TaskFailed",
        "The job of "
            + awaited.resourceArn()
            + " can't be looked at any more: "
            + failure.code()
            + ": "
            + failure.message());
  }

  private static boolean isThrottling(String code) {
    return code.contains("Throttl") || code.contains("TooManyRequests") || code.equals("SlowDown");
  }

  /** Both of states and of errors. */
  private static boolean isGone(String name) {
    return name.equals("DELETED")
        || name.startsWith("TERMINATED")
        || name.contains("NotFound")
        || name.contains("DoesNotExist");
  }

  private static Status described(JobRule job, Jobs.Job awaited, ObjectNode result) {
    var description = at(result, job.description());
    var state = at(description, job.status()).asString("");
    if (job.succeeded().contains(state)) {
      return isFailedTask(awaited, description)
          ? new Status.Ended(failed(description))
          : new Status.Ended(new ConnectorOutcome.Success(Payload.of(shown(job, description))));
    }
    return job.failed().contains(state)
        ? new Status.Ended(failed(shown(job, description)))
        : new Status.Running();
  }

  private static JsonNode shown(JobRule job, JsonNode description) {
    return job.shownAs().isEmpty()
        ? description
        : Json.nodes().objectNode().set(job.shownAs(), description);
  }

  private static ConnectorOutcome failed(JsonNode description) {
    return new Failure("States.TaskFailed", Json.print(description));
  }

  /** A task of ECS has stopped either way; its containers say how. */
  private static boolean isFailedTask(Jobs.Job awaited, JsonNode description) {
    if (!awaited.service().equals("ecs")) {
      return false;
    }
    for (var container : description.path("Containers")) {
      if (container.path("ExitCode").asInt(0) != 0) {
        return true;
      }
    }
    return description.path("StopCode").asString("").equals("TaskFailedToStart");
  }

  @Override
  public CompletableFuture<@Nullable Void> stop(Jobs.Job awaited) {
    var stop = job(awaited).stop();
    if (stop.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    var parameters = Json.nodes().objectNode();
    var reference = Json.parseTrusted(awaited.reference());
    stop.get()
        .ids()
        .forEach(
            (parameter, id) -> {
              if (reference.has(id)) {
                put(parameters, parameter, reference.path(id));
              }
            });
    var model = models.find(service(awaited).model(), Dialect.OPTIMIZED).orElseThrow();
    var takesReason =
        model
            .operation(stop.get().action())
            .flatMap(operation -> operation.input())
            .map(input -> input.member(REASON).isPresent())
            .orElse(false);
    if (takesReason) {
      parameters.put(REASON, "The execution that waited for it has ended or gone on.");
    }
    return call(
            awaited,
            stop.get().action(),
            parameters,
            answer -> new ConnectorOutcome.Success(Payload.EMPTY_OBJECT))
        .thenApply(outcome -> null);
  }

  /** A parameter in brackets takes a list of one. */
  private static void put(ObjectNode parameters, String name, JsonNode value) {
    if (name.startsWith("[")) {
      parameters.putArray(name.substring(1, name.length() - 1)).add(value);
    } else {
      parameters.set(name, value);
    }
  }

  private CompletableFuture<ConnectorOutcome> call(
      Jobs.Job awaited,
      String action,
      ObjectNode parameters,
      Function<AwsClient.Answer, ConnectorOutcome> meaning) {
    var optimized = service(awaited);
    var model = models.find(optimized.model(), Dialect.OPTIMIZED).orElseThrow();
    var request =
        new ConnectorRequest(
            awaited.resourceArn(),
            awaited.service(),
            action,
            IntegrationPattern.REQUEST_RESPONSE,
            Payload.of(parameters),
            Optional.empty(),
            awaited.roleArn(),
            awaited.location(),
            awaited.reference());
    return calls.call(
        request,
        model,
        model.operation(action).orElseThrow(),
        parameters,
        optimized.prefix(),
        meaning);
  }

  private static OptimizedService service(Jobs.Job awaited) {
    var optimized = OptimizedService.ALL.get(awaited.service());
    if (optimized == null) {
      throw new IllegalStateException("Expected a service with jobs, got " + awaited.service());
    }
    return optimized;
  }

  private static JobRule job(Jobs.Job awaited) {
    var job = service(awaited).jobs().get(awaited.action());
    if (job == null) {
      throw new IllegalStateException("Expected an action with jobs, got " + awaited.action());
    }
    return job;
  }
}
