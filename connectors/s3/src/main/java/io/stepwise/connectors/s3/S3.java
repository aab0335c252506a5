package io.stepwise.connectors.s3;

import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.model.Dialect;
import io.stepwise.aws.model.ServiceModel;
import io.stepwise.aws.model.ServiceModels;
import io.stepwise.connectors.aws.AwsClient;
import io.stepwise.connectors.aws.AwsEndpoints;
import io.stepwise.connectors.aws.wire.BadParameters;
import io.stepwise.connectors.aws.wire.ServiceFailure;
import io.stepwise.expression.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects of the S3 that a client reaches. */
public final class S3 implements ObjectStore {
  private static final String SERVICE = "S3";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final AwsClient client;
  private final ServiceModels models;
  private final AwsLocation location;

  /**
   * The S3 of {@code client}.
   *
   * @param location on whose behalf it is called
   */
  public S3(AwsClient client, ServiceModels models, AwsLocation location) {
    this.client = client;
    this.models = models;
    this.location = location;
  }

  @Override
  public Part read(ObjectName name, String etag, long from, int length)
      throws ObjectStoreException {
    var parameters = Json.nodes().objectNode();
    parameters.put("Bucket", name.bucket()).put("Key", name.key());
    parameters.put("Range", "bytes=" + from + "-" + (from + length - 1));
    if (!etag.isEmpty()) {
      parameters.put("IfMatch", etag);
    }
    name.version().ifPresent(version -> parameters.put("VersionId", version));
    return switch (call("getObject", parameters)) {
      case AwsClient.Answer.Done(_, var response) -> {
        var body = response.body();
        var found = response.header("ETag").orElse("");
        var range = response.header("Content-Range");
        if (range.isPresent()) {
          yield new Part(body, sizeOf(range.get()), found);
        }
        // The whole object, from one who knows no ranges.
        var start = (int) Math.min(from, body.length);
        var end = (int) Math.min((long) start + length, body.length);
        yield new Part(Arrays.copyOfRange(body, start, end), body.length, found);
      }
      case AwsClient.Answer.Refused(var failure) when failure.status() == RANGE_NOT_SATISFIABLE ->
          new Part(new byte[0], from, etag);
      case AwsClient.Answer.Refused(var failure) -> throw refusal(failure);
    };
  }

  private static long sizeOf(String range) throws ObjectStoreException {
    try {
      return Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
    } catch (NumberFormatException e) {
      throw new ObjectStoreException("S3 answered with the Content-Range '" + range + "'.");
    }
  }

  @Override
  public Listing list(String bucket, String prefix, Optional<String> from, int max)
      throws ObjectStoreException {
    var parameters = Json.nodes().objectNode();
    parameters.put("Bucket", bucket).put("MaxKeys", max);
    if (!prefix.isEmpty()) {
      parameters.put("Prefix", prefix);
    }
    from.ifPresent(token -> parameters.put("ContinuationToken", token));
    return switch (call("listObjectsV2", parameters)) {
      case AwsClient.Answer.Done(var result, _) -> {
        var objects = new ArrayList<Listed>();
        for (var object : result.path("Contents")) {
          objects.add(listed(object));
        }
        var next = result.path("NextContinuationToken").asString("");
        yield new Listing(objects, next.isEmpty() ? Optional.empty() : Optional.of(next));
      }
      case AwsClient.Answer.Refused(var failure) -> throw refusal(failure);
    };
  }

  private static Listed listed(JsonNode object) throws ObjectStoreException {
    try {
      var modified = Instant.parse(object.path("LastModified").asString(""));
      return new Listed(
          object.path("Key").asString(""),
          object.path("ETag").asString(""),
          modified.getEpochSecond() + modified.getNano() / 1e9,
          object.path("Size").asLong(0),
          object.path("StorageClass").asString("STANDARD"));
    } catch (DateTimeParseException e) {
      throw new ObjectStoreException("S3 answered with a listing that can't be read.");
    }
  }

  private AwsClient.Answer call(String action, ObjectNode parameters) throws ObjectStoreException {
    if (!client.reaches(SERVICE)) {
      throw new ObjectStoreException(
          "Stepwise knows no S3 to read the items from: set "
              + AwsEndpoints.variable(SERVICE)
              + " to its address, or use --s3 DIR of stepwise run.");
    }
    var service = service();
    try {
      return client
          .call(
              new AwsClient.Call(
                  service,
                  service.operation(action).orElseThrow(),
                  parameters,
                  location,
                  Optional.empty(),
                  TIMEOUT,
                  () -> UUID.randomUUID().toString()))
          .get();
    } catch (BadParameters e) {
      throw new ObjectStoreException(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectStoreException("Reading was given up.");
    } catch (ExecutionException e) {
      throw new ObjectStoreException(
          "Unable to execute HTTP request: " + e.getCause() + " (Service: S3)");
    }
  }

  private ServiceModel service() {
    return models.find("s3", Dialect.SDK).orElseThrow();
  }

  /** In the words of AWS's SDK. */
  private static ObjectStoreException refusal(ServiceFailure failure) {
    var message = failure.message();
    return new ObjectStoreException(
        (message == null ? "S3 answered with status " + failure.status() : message)
            + " (Service: S3, Status Code: "
            + failure.status()
            + ", Request ID: "
            + (failure.requestId().isEmpty() ? "null" : failure.requestId())
            + failure.extendedRequestId().map(id -> ", Extended Request ID: " + id).orElse("")
            + ")");
  }
}
