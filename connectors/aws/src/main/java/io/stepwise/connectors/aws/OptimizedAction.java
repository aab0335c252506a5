package io.stepwise.connectors.aws;

import io.stepwise.aws.IntegrationPattern;
import io.stepwise.connectors.aws.wire.BadParameters;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorOutcome.Failure;
import io.stepwise.integration.ConnectorOutcome.Success;
import io.stepwise.integration.ConnectorRequest;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an optimized integration does with its parameters and with the service's answer. Most hand
 * both on.
 *
 * @param operation the action of the service that is called
 */
record OptimizedAction(String operation, Parameters given, Outcome meaning) {

  /** Actions that no single call of a service's operation does. */
  static final Set<String> NOT_YET =
      Set.of(
          "eks:runJob",
          "eks:call",
          "elasticmapreduce:modifyInstanceFleetByName",
          "elasticmapreduce:modifyInstanceGroupByName");

  /** Makes parameters of the operation out of those of a task. */
  interface Parameters {
    JsonNode of(ConnectorRequest request, JsonNode parameters);
  }

  /** Makes an outcome of the task out of the operation's answer. */
  interface Outcome {
    ConnectorOutcome of(ConnectorRequest request, ObjectNode result);
  }

  private static final Map<String, OptimizedAction> OTHERS =
      Map.of(
          "bedrock:invokeModel",
          new OptimizedAction("invokeModel", OptimizedAction::modelInput, OptimizedAction::model),
          "ecs:runTask",
          new OptimizedAction("runTask", (request, given) -> given, OptimizedAction::tasks),
          "elasticmapreduce:addStep",
          new OptimizedAction(
              "addJobFlowSteps",
              (request, given) ->
                  renamed(given, Map.of("ClusterId", "JobFlowId", "Step", "[Steps]")),
              (request, result) -> success(one(result, "StepIds", "StepId"))),
          "elasticmapreduce:cancelStep",
          new OptimizedAction(
              "cancelSteps",
              (request, given) -> renamed(given, Map.of("StepId", "[StepIds]")),
              (request, result) -> success(one(result, "CancelStepsInfoList", "CancelStepsInfo"))),
          "elasticmapreduce:createCluster",
          new OptimizedAction(
              "runJobFlow",
              (request, given) -> given,
              (request, result) ->
                  success((ObjectNode) renamed(result, Map.of("JobFlowId", "ClusterId")))),
          "elasticmapreduce:setClusterTerminationProtection",
          new OptimizedAction(
              "setTerminationProtection",
              (request, given) -> renamed(given, Map.of("ClusterId", "[JobFlowIds]")),
              (request, result) -> success(result)),
          "elasticmapreduce:terminateCluster",
          new OptimizedAction(
              "terminateJobFlows",
              (request, given) -> renamed(given, Map.of("ClusterId", "[JobFlowIds]")),
              (request, result) -> success(result)),
          "events:putEvents",
          new OptimizedAction("putEvents", OptimizedAction::events, OptimizedAction::entries));

  /** The integration of an action. */
  static OptimizedAction of(String service, String action) {
    var other = OTHERS.get(service + ":" + action);
    return other != null
        ? other
        : new OptimizedAction(
            action, (request, given) -> given, (request, result) -> success(result));
  }

  JsonNode parameters(ConnectorRequest request, JsonNode parameters) {
    return given.of(request, parameters);
  }

  ConnectorOutcome outcome(ConnectorRequest request, ObjectNode result) {
    return meaning.of(request, result);
  }

  /** The model that has the operation. */
  String model(String ofService) {
    return operation.equals("invokeModel") ? "bedrockruntime" : ofService;
  }

  private static ConnectorOutcome success(ObjectNode result) {
    return new Success(Payload.of(result));
  }

  /** With other names; one in brackets takes a list of what it was. */
  private static JsonNode renamed(JsonNode object, Map<String, String> names) {
    var all = Json.nodes().objectNode();
    for (var entry : object.properties()) {
      var name = names.getOrDefault(entry.getKey(), entry.getKey());
      if (name.startsWith("[")) {
        all.putArray(name.substring(1, name.length() - 1)).add(entry.getValue());
      } else {
        all.set(name, entry.getValue());
      }
    }
    return all;
  }

  /** With the first of a list in its place. */
  private static ObjectNode one(ObjectNode result, String list, String name) {
    var first = result.path(list).path(0);
    result.remove(list);
    if (!first.isMissingNode()) {
      result.set(name, first);
    }
    return result;
  }

  /** Events carry the ARNs of who sent them, after their own resources. */
  private static JsonNode events(ConnectorRequest request, JsonNode parameters) {
    var caller = request.caller();
    if (caller.isEmpty() || !parameters.path("Entries").isArray()) {
      return parameters;
    }
    var all = Json.nodes().objectNode();
    parameters.properties().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
    var entries = all.putArray("Entries");
    for (var entry : parameters.path("Entries")) {
      if (!(entry instanceof ObjectNode) || !isListOrMissing(entry.path("Resources"))) {
        entries.add(entry);
        continue;
      }
      var sent = entries.addObject();
      entry.properties().forEach(member -> sent.set(member.getKey(), member.getValue()));
      var resources = sent.putArray("Resources");
      entry.path("Resources").forEach(resources::add);
      resources.add(caller.get().stateMachineArn()).add(caller.get().executionArn());
    }
    return all;
  }

  private static boolean isListOrMissing(JsonNode value) {
    return value.isArray() || value.isMissingNode() || value.isNull();
  }

  private static ConnectorOutcome entries(ConnectorRequest request, ObjectNode result) {
    return result.path("FailedEntryCount").asInt(0) > 0
        ? new Failure("EventBridge.FailedEntry", Json.print(result))
        : success(result);
  }

  /** Tasks that could not be placed fail the state where it waits for what becomes of them. */
  private static ConnectorOutcome tasks(ConnectorRequest request, ObjectNode result) {
    var waits = request.pattern() != IntegrationPattern.REQUEST_RESPONSE;
    return waits && !result.path("Failures").isEmpty()
        ? new Failure("AmazonECS.Unknown", Json.print(result))
        : success(result);
  }

  private static JsonNode modelInput(ConnectorRequest request, JsonNode parameters) {
    for (var field : Set.of("Input", "Output")) {
      if (parameters.has(field)) {
        throw new BadParameters("The field \"" + field + "\" is not supported by Stepwise yet");
      }
    }
    if (parameters.has("ContentType")) {
      return parameters;
    }
    var all = Json.nodes().objectNode();
    parameters.properties().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
    return all.put("ContentType", "application/json");
  }

  private static ConnectorOutcome model(ConnectorRequest request, ObjectNode result) {
    var body = result.path("Body");
    if (body.isString()) {
      try {
        result.set("Body", Json.parse(body.stringValue()));
      } catch (InvalidJsonException e) {
        // A model may answer with anything; what is no JSON is text.
        return success(result);
      }
    }
    return success(result);
  }
}
