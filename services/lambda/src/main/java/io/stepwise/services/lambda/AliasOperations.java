package io.stepwise.services.lambda;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.RestService.Route;
import io.stepwise.protocol.Shape;
import io.stepwise.services.lambda.LambdaError.InvalidParameterValueException;
import io.stepwise.services.lambda.LambdaError.ResourceConflictException;
import io.stepwise.services.lambda.LambdaError.ResourceNotFoundException;
import io.stepwise.services.lambda.LambdaFunction.Alias;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Names for versions of functions. */
final class AliasOperations {
  private static final String NAMES = "(?!^[0-9]+$)([a-zA-Z0-9-_]+)";
  private static final String ALIASES = FunctionOperations.FUNCTION + "/aliases";
  private static final String ALIAS = ALIASES + "/{Name}";
  private static final Member NAME = Member.text("Name", 1, 128).required();
  private static final Member VERSION = Member.text("FunctionVersion", 1, 1024);

  private final LambdaFunctions functions;

  AliasOperations(LambdaFunctions functions) {
    this.functions = functions;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            "POST",
            ALIASES,
            Operation.blocking(
                "CreateAlias",
                Shape.of(FunctionName.MEMBER, NAME, VERSION.required()),
                this::create)),
        Route.of(
            "GET",
            ALIASES,
            Operation.of("ListAliases", Shape.of(FunctionName.MEMBER, VERSION), this::list)),
        Route.of(
            "GET", ALIAS, Operation.of("GetAlias", Shape.of(FunctionName.MEMBER, NAME), this::get)),
        Route.of(
            "PUT",
            ALIAS,
            Operation.blocking(
                "UpdateAlias", Shape.of(FunctionName.MEMBER, NAME, VERSION), this::update)),
        Route.of(
            "DELETE",
            ALIAS,
            Operation.blocking("DeleteAlias", Shape.of(FunctionName.MEMBER, NAME), this::delete)));
  }

  private void create(Call call) {
    var function = FunctionName.of(call);
    var name = call.text("Name");
    if (!name.matches(NAMES)) {
      throw FunctionName.violation("name", name, NAMES);
    }
    var changed =
        functions.change(
            function,
            before -> {
              if (before.aliases().containsKey(name)) {
                throw new ResourceConflictException(
                        "Alias already exists: " + before.arn().text() + ":" + name)
                    .toException();
              }
              return before.withAlias(
                  checked(
                      before,
                      new Alias(
                          name,
                          call.text("FunctionVersion"),
                          call.text("Description", ""),
                          weights(call.input()),
                          UUID.randomUUID().toString())));
            });
    call.reply(201, shown(changed, alias(changed, name)));
  }

  private static Map<String, Double> weights(JsonNode input) {
    var weights = new LinkedHashMap<String, Double>();
    for (var weight : input.path("RoutingConfig").path("AdditionalVersionWeights").properties()) {
      weights.put(weight.getKey(), weight.getValue().asDouble(0));
    }
    return weights;
  }

  private static Alias checked(LambdaFunction function, Alias alias) {
    if (!alias.weights().isEmpty()) {
      if (alias.version().equals(LambdaFunction.LATEST)
          || alias.weights().containsKey(LambdaFunction.LATEST)) {
        throw refused("$LATEST is not supported for an alias pointing to more than 1 version");
      }
      if (alias.weights().size() > 1) {
        throw refused("Number of items in AdditionalVersionWeights cannot be greater than 1");
      }
      if (alias.weights().containsKey(alias.version())) {
        throw refused(
            "Invalid function version "
                + alias.version()
                + ". Function version "
                + alias.version()
                + " is already included in routing configuration.");
      }
      if (alias.weights().values().stream().anyMatch(weight -> weight < 0 || weight > 1)) {
        throw refused("Expected a weight from 0.0 to 1.0");
      }
    }
    var all = new LinkedHashMap<>(alias.weights());
    all.put(alias.version(), 0.0);
    for (var version : all.keySet()) {
      if (function.revision(version).isEmpty()) {
        throw LambdaFunctions.notFound(function.arn().text() + ":" + version);
      }
    }
    return alias;
  }

  private static RuntimeException refused(String message) {
    return new InvalidParameterValueException(message).toException();
  }

  private void update(Call call) {
    var name = call.text("Name");
    var changed =
        functions.change(
            FunctionName.of(call),
            function -> {
              var before = alias(function, name);
              return function.withAlias(
                  checked(
                      function,
                      new Alias(
                          name,
                          call.text("FunctionVersion", before.version()),
                          call.text("Description", before.description()),
                          call.has("RoutingConfig") ? weights(call.input()) : before.weights(),
                          UUID.randomUUID().toString())));
            });
    call.reply(shown(changed, alias(changed, name)));
  }

  private static Alias alias(LambdaFunction function, String name) {
    var alias = function.aliases().get(name);
    if (alias == null) {
      throw new ResourceNotFoundException(
              "Cannot find alias arn: " + function.arn().text() + ":" + name)
          .toException();
    }
    return alias;
  }

  private void get(Call call) {
    var function = functions.get(FunctionName.of(call));
    call.reply(shown(function, alias(function, call.text("Name"))));
  }

  private void list(Call call) {
    var function = functions.get(FunctionName.of(call));
    var version = call.optionalText("FunctionVersion");
    var output = Outputs.object();
    var aliases = output.putArray("Aliases");
    for (var alias : function.aliases().values()) {
      if (version == null || version.equals(alias.version())) {
        aliases.add(shown(function, alias));
      }
    }
    call.reply(output);
  }

  private void delete(Call call) {
    var name = FunctionName.of(call);
    if (functions.find(name.arn()).isPresent()) {
      var unused = functions.change(name, function -> function.withoutAlias(call.text("Name")));
    }
    call.replyEmpty(204);
  }

  private static ObjectNode shown(LambdaFunction function, Alias alias) {
    var output = Outputs.object();
    output.put("AliasArn", function.arn().text() + ":" + alias.name());
    output.put("Name", alias.name());
    output.put("FunctionVersion", alias.version());
    output.put("Description", alias.description());
    if (!alias.weights().isEmpty()) {
      var weights = output.putObject("RoutingConfig").putObject("AdditionalVersionWeights");
      alias.weights().forEach(weights::put);
    }
    output.put("RevisionId", alias.revisionId());
    return output;
  }
}
