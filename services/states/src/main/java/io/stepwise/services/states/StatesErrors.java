package io.stepwise.services.states;

import io.stepwise.catalog.CatalogException;
import io.stepwise.protocol.AwsError;
import io.stepwise.protocol.CommonError;
import io.stepwise.services.states.resource.StatesError;
import io.stepwise.services.states.resource.StatesError.ConflictException;
import io.stepwise.services.states.resource.StatesError.ServiceQuotaExceededException;
import java.util.Optional;

/** What a client is told of what the catalog refuses. */
final class StatesErrors {
  private StatesErrors() {}

  static Optional<AwsError> of(Throwable failure) {
    return failure instanceof CatalogException refused
        ? Optional.of(of(refused))
        : Optional.empty();
  }

  private static AwsError of(CatalogException refused) {
    var subject = refused.subject();
    return switch (refused.reason()) {
      case STATE_MACHINE_EXISTS -> new StatesError.StateMachineAlreadyExists(subject);
      case STATE_MACHINE_MISSING -> new StatesError.StateMachineDoesNotExist(subject);
      case STATE_MACHINE_DELETING -> new StatesError.StateMachineDeleting(subject);
      case STATE_MACHINE_LIMIT ->
          new StatesError.StateMachineLimitExceeded("State machine limit exceeded");
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
          new StatesError.ResourceNotFound(
              "Request references a resource that does not exist.", subject);
      case ALIAS_CONFLICT ->
          new ConflictException(
              "Failed to create alias because an alias with the same name and a different routing"
                  + " configuration already exists.");
      case ALIAS_LIMIT ->
          new ServiceQuotaExceededException("Alias limit of 100 exceeded for " + subject);
      case ROUTE_MISSING ->
          new CommonError.ValidationException(
              "Routing configuration must contain state machine version ARNs. Received: ["
                  + subject
                  + "]");
      case ACTIVITY_MISSING -> new StatesError.ActivityDoesNotExist(subject);
      case ACTIVITY_EXISTS -> new StatesError.ActivityAlreadyExists(subject);
      case ACTIVITY_LIMIT -> new StatesError.ActivityLimitExceeded("Activity limit exceeded");
      case RESOURCE_MISSING -> StatesError.ResourceNotFound.of(subject);
      case TOO_MANY_TAGS -> new StatesError.TooManyTags(subject.isEmpty() ? null : subject);
    };
  }
}
