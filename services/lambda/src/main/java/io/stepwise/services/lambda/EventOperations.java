package io.stepwise.services.lambda;

import io.stepwise.aws.Arn;
import io.stepwise.aws.FunctionArn;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.RestService.Route;
import io.stepwise.protocol.Shape;
import io.stepwise.services.lambda.LambdaError.InvalidParameterValueException;
import io.stepwise.services.lambda.LambdaError.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How asynchronous calls are retried, and who is told how they ended. */
final class EventOperations {
  private static final String PATH = "/2019-09-25/functions/{FunctionName}/event-invoke-config";

  private final LambdaFunctions functions;
  private final LongSupplier nowMillis;

  EventOperations(LambdaFunctions functions, LongSupplier nowMillis) {
    this.functions = functions;
    this.nowMillis = nowMillis;
  }

  List<Route> routes() {
    var named = Shape.of(FunctionName.MEMBER, FunctionName.QUALIFIER_MEMBER);
    var destination = new Member[] {Member.text("Destination", 0, 350)};
    var config =
        Shape.of(
            FunctionName.MEMBER,
            FunctionName.QUALIFIER_MEMBER,
            Member.whole("MaximumRetryAttempts", 0, 2),
            Member.whole("MaximumEventAgeInSeconds", 60, 21_600),
            Member.structure(
                "DestinationConfig",
                Member.structure("OnSuccess", destination),
                Member.structure("OnFailure", destination)));
    return List.of(
        Route.of(
            "PUT",
            PATH,
            Operation.blocking(
                "PutFunctionEventInvokeConfig", config, call -> change(call, false))),
        Route.of(
            "POST",
            PATH,
            Operation.blocking(
                "UpdateFunctionEventInvokeConfig", config, call -> change(call, true))),
        Route.of("GET", PATH, Operation.blocking("GetFunctionEventInvokeConfig", named, this::get)),
        Route.of(
            "DELETE",
            PATH,
            Operation.blocking("DeleteFunctionEventInvokeConfig", named, this::delete)),
        Route.of(
            "GET",
            PATH + "/list",
            Operation.blocking(
                "ListFunctionEventInvokeConfigs",
                Shape.of(
                    FunctionName.MEMBER,
                    Member.text("Marker", 0, 1024),
                    Member.whole("MaxItems", 1, 50)),
                this::list)));
  }

  /** The ARN with a qualifier of what a call names, which must be there. */
  private String arn(Call call) {
    var name = FunctionName.of(call);
    var qualifier = name.qualifier();
    var function = functions.get(name);
    if (qualifier != null
        && !function.aliases().containsKey(qualifier)
        && function.revision(qualifier).isEmpty()) {
      throw LambdaFunctions.notFound(name.qualified());
    }
    return name.qualified();
  }

  private void change(Call call, boolean keepsWhatIsLeftOut) {
    var input = call.input();
    if (!call.has("MaximumRetryAttempts")
        && !call.has("MaximumEventAgeInSeconds")
        && !call.has("DestinationConfig")) {
      throw new InvalidParameterValueException(
              "You must specify at least one of error handling or destination setting.")
          .toException();
    }
    var arn = arn(call);
    var before = functions.eventConfig(arn).orElse(null);
    if (keepsWhatIsLeftOut && before == null) {
      throw missing(arn);
    }
    var old = keepsWhatIsLeftOut && before != null ? before : EventInvokeConfig.defaults(arn);
    var targets = input.path("DestinationConfig");
    var config =
        new EventInvokeConfig(
            arn,
            whole(call, "MaximumRetryAttempts", old.retriesMax()),
            whole(call, "MaximumEventAgeInSeconds", old.ageSecondsMax()),
            destination(call, targets.path("OnSuccess"), old.onSuccess()),
            destination(call, targets.path("OnFailure"), old.onFailure()),
            nowMillis.getAsLong());
    functions.setEventConfig(config);
    call.reply(shown(config));
  }

  private static @Nullable Integer whole(Call call, String name, @Nullable Integer otherwise) {
    return call.has(name) ? Integer.valueOf(call.whole(name, 0)) : otherwise;
  }

  private @Nullable String destination(Call call, JsonNode target, @Nullable String otherwise) {
    if (target.isMissingNode()) {
      return otherwise;
    }
    var text = target.path("Destination").asString("");
    if (text.isEmpty()) {
      return null;
    }
    if (!(Arn.parse(text).orElse(null) instanceof FunctionArn arn)) {
      var parts = text.split(":", -1);
      throw parts.length > 5 && parts[0].equals("arn")
          ? Configuration.notThere("destinations of " + parts[2])
          : new InvalidParameterValueException(
                  "The provided destination config DestinationConfig(" + text + ") is invalid.")
              .toException();
    }
    var name = FunctionName.of(text, null, call.identity().location());
    if (name.arn().text().equals(FunctionName.of(call).arn().text())) {
      throw new InvalidParameterValueException(
              "You can't specify the function as a destination for itself.")
          .toException();
    }
    if (functions.find(name.arn()).isEmpty()) {
      throw new InvalidParameterValueException(
              "The destination ARN " + arn.text() + " is invalid: there is no such function.")
          .toException();
    }
    return text;
  }

  private void get(Call call) {
    var arn = arn(call);
    call.reply(shown(functions.eventConfig(arn).orElseThrow(() -> missing(arn))));
  }

  private void delete(Call call) {
    var arn = arn(call);
    if (!functions.removeEventConfig(arn)) {
      throw missing(arn);
    }
    call.replyEmpty(204);
  }

  private void list(Call call) {
    var function = functions.get(FunctionName.of(call));
    var all = new ArrayList<EventInvokeConfig>();
    functions.eventConfigs(function.arn(), call.text("Marker", "")).forEach(all::add);
    var max = call.whole("MaxItems", 50);
    var output = Outputs.object();
    var shown = output.putArray("FunctionEventInvokeConfigs");
    all.stream().limit(max).forEach(config -> shown.add(shown(config)));
    if (all.size() > max) {
      output.put("NextMarker", all.get(max - 1).arn());
    }
    call.reply(output);
  }

  private static RuntimeException missing(String arn) {
    return new ResourceNotFoundException(
            "The function " + arn + " doesn't have an EventInvokeConfig")
        .toException();
  }

  private static ObjectNode shown(EventInvokeConfig config) {
    var output = Outputs.object();
    Outputs.putTime(output, "LastModified", config.modifiedMillis());
    output.put("FunctionArn", config.arn());
    if (config.retriesMax() != null) {
      output.put("MaximumRetryAttempts", config.retriesMax());
    }
    if (config.ageSecondsMax() != null) {
      output.put("MaximumEventAgeInSeconds", config.ageSecondsMax());
    }
    var destinations = output.putObject("DestinationConfig");
    put(destinations.putObject("OnSuccess"), config.onSuccess());
    put(destinations.putObject("OnFailure"), config.onFailure());
    return output;
  }

  private static void put(ObjectNode target, @Nullable String arn) {
    if (arn != null) {
      target.put("Destination", arn);
    }
  }
}
