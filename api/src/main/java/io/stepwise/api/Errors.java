package io.stepwise.api;

import io.stepwise.api.ApiError.ConflictException;
import io.stepwise.api.ApiError.ServiceQuotaExceededException;
import io.stepwise.expression.Json;
import io.stepwise.runtime.catalog.CatalogException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where what went wrong becomes what a client is told. */
final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
  private static final String MODEL = "com.amazonaws.swf.service.v2.model#";

  private Errors() {}

  /** The error behind an exception; what nobody foresaw is logged and told as a fault. */
  static ApiError of(Throwable failure, String requestId) {
    return switch (failure) {
      case ApiException known -> known.error();
      case CatalogException refused -> of(refused);
      case CompletionException wrapped when wrapped.getCause() != null ->
          of(wrapped.getCause(), requestId);
      default -> {
        LOG.error("Request {} failed", requestId, failure);
        yield new ApiError.InternalFailure(requestId);
      }
    };
  }

  private static ApiError of(CatalogException refused) {
    var subject = refused.subject();
    return switch (refused.reason()) {
      case STATE_MACHINE_EXISTS -> new ApiError.StateMachineAlreadyExists(subject);
      case STATE_MACHINE_MISSING -> new ApiError.StateMachineDoesNotExist(subject);
      case STATE_MACHINE_DELETING -> new ApiError.StateMachineDeleting(subject);
      case STATE_MACHINE_LIMIT ->
          new ApiError.StateMachineLimitExceeded("State machine limit exceeded");
      case REVISION_CONFLICT -> new ConflictException(subject);
      case DESCRIPTION_CONFLICT ->
          new ConflictException(
              "The current State Machine revision is already published with a different description"
                  + " as "
                  + subject);
      case VERSION_LIMIT ->
          new ServiceQuotaExceededException("Version limit of 1000 exceeded for " + subject);
      case VERSION_REFERENCED ->
          new ConflictException(
              "Version to be deleted must not be referenced by an alias. Current list of aliases"
                  + " referencing this version: ["
                  + subject
                  + "]");
      case ALIAS_MISSING ->
          new ApiError.ResourceNotFound(
              "Request references a resource that does not exist.", subject);
      case ALIAS_CONFLICT ->
          new ConflictException(
              "Failed to create alias because an alias with the same name and a different routing"
                  + " configuration already exists.");
      case ALIAS_LIMIT ->
          new ServiceQuotaExceededException("Alias limit of 100 exceeded for " + subject);
      case ROUTE_MISSING ->
          new ApiError.ValidationException(
              "Routing configuration must contain state machine version ARNs. Received: ["
                  + subject
                  + "]");
      case ACTIVITY_MISSING -> new ApiError.ActivityDoesNotExist(subject);
      case ACTIVITY_EXISTS -> new ApiError.ActivityAlreadyExists(subject);
      case ACTIVITY_LIMIT -> new ApiError.ActivityLimitExceeded("Activity limit exceeded");
      case RESOURCE_MISSING -> ApiError.ResourceNotFound.of(subject);
      case TOO_MANY_TAGS -> new ApiError.TooManyTags(subject.isEmpty() ? null : subject);
    };
  }

  /** The body that tells an error. */
  static byte[] body(ApiError error) {
    var body = Json.nodes().objectNode();
    body.put("__type", MODEL + error.code());
    body.put("message", error.message());
    switch (error) {
      case ApiError.ValidationException validation when validation.reason() != null ->
          body.put("reason", validation.reason());
      case ApiError.ResourceNotFound missing when missing.resourceName() != null ->
          body.put("resourceName", missing.resourceName());
      case ApiError.TooManyTags tags when tags.resourceName() != null ->
          body.put("resourceName", tags.resourceName());
      default -> {}
    }
    return Json.print(body).getBytes(StandardCharsets.UTF_8);
  }
}
