package io.stepwise.connectors.aws;

import io.stepwise.aws.model.Dialect;
import io.stepwise.aws.model.ModelOperation;
import io.stepwise.aws.model.ServiceModel;
import io.stepwise.aws.model.ServiceModels;
import io.stepwise.expression.Json;
import io.stepwise.integration.ConnectorRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The roles of {@code Credentials}, assumed by STS at its endpoint and kept until they expire.
 *
 * <p>Limits: {@value #ROLES_MAX} roles are kept at a time.
 */
public final class AssumedRoles {
  private static final int ROLES_MAX = 1_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Credentials that end so soon are none to begin a call with. Units: milliseconds. */
  private static final long MARGIN = 60_000;

  private final AwsClient client;
  private final LongSupplier nowMillis;
  private final ServiceModels models;
  private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

  /** A role that was asked for. */
  sealed interface Role {
    /** It may be used. */
    record Assumed(AwsCredentials credentials) implements Role {}

    /** STS says no. */
    record Refused(String why) implements Role {}
  }

  private record Key(String roleArn, String region, String account) {}

  private record Kept(AwsCredentials credentials, long untilMillis) {}

  /** Roles by STS of a client. */
  public AssumedRoles(AwsClient client, ServiceModels models, LongSupplier nowMillis) {
    this.client = client;
    this.models = models;
    this.nowMillis = nowMillis;
  }

  /** Assumes a role. The future fails where STS does not answer. */
  CompletableFuture<Role> assume(String roleArn, ConnectorRequest request) {
    var location = request.location();
    var key = new Key(roleArn, location.region(), location.account());
    var known = kept.get(key);
    if (known != null && known.untilMillis() - MARGIN > nowMillis.getAsLong()) {
      return CompletableFuture.completedFuture(new Role.Assumed(known.credentials()));
    }
    var sts = models.find("sts", Dialect.SDK);
    var operation = sts.flatMap(service -> service.operation("assumeRole"));
    if (sts.isEmpty() || operation.isEmpty()) {
      throw new IllegalStateException("Expected a model of STS");
    }
    return assume(sts.get(), operation.get(), key, request);
  }

  private CompletableFuture<Role> assume(
      ServiceModel sts, ModelOperation operation, Key key, ConnectorRequest request) {
    if (!client.reaches(sts.serviceId())) {
      return CompletableFuture.completedFuture(
          new Role.Refused(
              "Stepwise knows no endpoint of STS to assume the role "
                  + key.roleArn()
                  + " at: set "
                  + AwsEndpoints.variable(sts.serviceId())
                  + ", or AWS_ENDPOINT_URL for all services."));
    }
    var parameters =
        Json.nodes()
            .objectNode()
            .put("RoleArn", key.roleArn())
            .put("RoleSessionName", "stepwise-" + request.idempotencyId());
    return client
        .call(
            new AwsClient.Call(
                sts,
                operation,
                parameters,
                request.location(),
                Optional.empty(),
                TIMEOUT,
                request::idempotencyId))
        .thenApply(
            answer ->
                switch (answer) {
                  case AwsClient.Answer.Done(var result, _) -> assumed(key, result);
                  case AwsClient.Answer.Refused(var failure) ->
                      new Role.Refused(
                          "The role "
                              + key.roleArn()
                              + " could not be assumed: "
                              + failure.message()
                              + " (Error Code: "
                              + failure.code()
                              + ")");
                });
  }

  private Role assumed(Key key, tools.jackson.databind.JsonNode result) {
    var given = result.path("Credentials");
    var credentials =
        new AwsCredentials(
            given.path("AccessKeyId").asString(""),
            given.path("SecretAccessKey").asString(""),
            Optional.of(given.path("SessionToken").asString("")).filter(t -> !t.isEmpty()));
    if (credentials.accessKeyId().isEmpty() || credentials.secretKey().isEmpty()) {
      return new Role.Refused(
          "The role " + key.roleArn() + " could not be assumed: STS answered no credentials");
    }
    try {
      var until = Instant.parse(given.path("Expiration").asString("")).toEpochMilli();
      if (kept.size() >= ROLES_MAX) {
        kept.values().removeIf(old -> old.untilMillis() <= nowMillis.getAsLong());
      }
      if (kept.size() < ROLES_MAX) {
        kept.put(key, new Kept(credentials, until));
      }
    } catch (DateTimeParseException e) {
      // Without an end they are used once.
    }
    return new Role.Assumed(credentials);
  }
}
