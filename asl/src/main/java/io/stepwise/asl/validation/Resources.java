package io.stepwise.asl.validation;

import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.asl.model.TaskResource.Activity;
import io.stepwise.asl.model.TaskResource.LambdaFunction;
import io.stepwise.asl.model.TaskResource.ServiceIntegration;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.aws.ServiceCatalogue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a Task's {@code Resource} may name, and the role it may be called with. */
public final class Resources {
  private static final Pattern LAMBDA =
      Pattern.compile("arn:aws[a-z-]*:lambda:[^:]*:[^:]*:function:[^:]+(:[^:]+)?");
  private static final Pattern ACTIVITY =
      Pattern.compile("arn:aws[a-z-]*:states:[^:]+:[^:]+:activity:[^:]+");
  private static final Pattern INTEGRATION =
      Pattern.compile(
          "arn:aws[a-z-]*:states:[a-z0-9-]*:[0-9]*:((?:aws-sdk:)?[a-z0-9-]+):([a-zA-Z0-9]+)"
              + "(|\\.sync|\\.sync:2|\\.waitForTaskToken)");

  private Resources() {}

  /** What the ARN names, or null if it names nothing that a Task can call. */
  public static @Nullable TaskResource parse(String arn) {
    if (LAMBDA.matcher(arn).matches()) {
      return new LambdaFunction(arn);
    }
    if (ACTIVITY.matcher(arn).matches()) {
      return new Activity(arn);
    }
    var match = INTEGRATION.matcher(arn);
    if (!match.matches()) {
      return null;
    }
    var pattern = IntegrationPattern.ofSuffix(match.group(3)).orElseThrow();
    var service = match.group(1);
    var action = match.group(2);
    return ServiceCatalogue.supports(service, action, pattern)
        ? new ServiceIntegration(arn, service, action, pattern)
        : null;
  }

  static Shape shape() {
    return (value, place) -> {
      if (!value.isString()) {
        place.error("Expected value of type String");
        return;
      }
      var arn = value.stringValue();
      var resource = parse(arn);
      if (!arn.startsWith("arn:")) {
        place.error("Value is not a valid resource ARN");
      } else if (resource == null) {
        place.errorOf(
            arn,
            ServiceCatalogue.resources(),
            "The resource provided "
                + arn
                + " is not recognized. The value is not a valid resource ARN, or the resource is"
                + " not available in this region.");
      } else if (place.type() == StateMachineType.EXPRESS) {
        checkExpress(resource, place);
      }
    };
  }

  private static void checkExpress(TaskResource resource, Place place) {
    switch (resource) {
      case LambdaFunction _ -> {}
      case Activity _ -> place.error("Express state machine does not support Activity ARN");
      case ServiceIntegration integration -> {
        switch (integration.pattern()) {
          case REQUEST_RESPONSE -> {}
          case SYNC, SYNC_2 ->
              place.error("Express state machine does not support '.sync' service integration");
          case WAIT_FOR_TASK_TOKEN ->
              // The space at the end is AWS's.
              place.error(
                  "Express state machine does not support '.waitForTaskToken' service integration ");
        }
      }
    }
  }

  /** The shape of {@code Credentials}. */
  static Shape credentials() {
    return (value, place) -> {
      var jsonPath = place.language() == QueryLanguage.JSONPATH;
      if (!value.isObject()) {
        place.error("Expected value of type Object");
      } else if (!value.has("RoleArn") && !(jsonPath && value.has("RoleArn.$"))) {
        place.error("The field 'RoleArn' is required but was missing");
      } else {
        Expressions.template(JsonataScope.INPUT).check(value, place);
      }
    };
  }

  /** An activity's workers have credentials of their own. */
  static void checkCredentialsUse(JsonNode state, Place place) {
    if (state.has("Credentials")
        && parse(state.path("Resource").asString("")) instanceof Activity) {
      place.field("Credentials").error("The field 'Credentials' is not supported for activities");
    }
  }
}
