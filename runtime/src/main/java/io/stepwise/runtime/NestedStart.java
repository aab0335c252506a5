package io.stepwise.runtime;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a {@code states:startExecution} task asks for, and the shapes of AWS's answers to it.
 *
 * @param request the execution to start
 */
record NestedStart(StartRequest request) {
  /** Item count of a link that marks {@code .sync:2}: its parent wants input and output parsed. */
  static final int SYNC_2 = -2;

  private static final String NAME_CHARACTERS =
      "[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}";

  /** A start that AWS refuses. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final String error;
    private final String cause;

    Refusal(String error, String cause) {
      super(cause, null, false, false);
      this.error = error;
      this.cause = cause;
    }

    String error() {
      return error;
    }

    String cause() {
      return cause;
    }
  }

  /** Reads the parameters of a task. */
  static NestedStart of(Effect.StartNestedExecution start, StateMachineDirectory directory)
      throws Refusal {
    var task = start.task();
    var parameters = start.parameters().tree();
    var arn = parameters.path("StateMachineArn");
    if (!arn.isString()) {
      throw refusal(
          "ValidationException",
          "1 validation error detected: Value null at 'stateMachineArn' failed to satisfy"
              + " constraint: Member must not be null",
          task);
    }
    if (!arn.stringValue().startsWith("arn:")) {
      throw refusal(
          "InvalidArn", "Invalid Arn: 'Invalid ARN prefix: " + arn.stringValue() + "'", task);
    }
    var seed = task.executionId() ^ task.stamp();
    var target =
        directory
            .find(arn.stringValue(), seed)
            .orElseThrow(
                () ->
                    refusal(
                        "StateMachineDoesNotExist",
                        "State Machine Does Not Exist: '" + arn.stringValue() + "'",
                        task));
    var name =
        parameters.path("Name").isString()
            ? parameters.path("Name").stringValue()
            : ChildExecutions.stableUuid(task, -1);
    if (!name.matches(NAME_CHARACTERS)) {
      throw refusal("InvalidName", "Invalid Name: '" + name + "'", task);
    }
    var machine = target.machine();
    var express = machine.type() == StateMachineType.EXPRESS;
    var childArn =
        "arn:"
            + machine.partition()
            + ":states:"
            + machine.region()
            + ":"
            + machine.account()
            + (express ? ":express:" : ":execution:")
            + machine.name()
            + ":"
            + name
            + (express ? ":" + ChildExecutions.stableUuid(task, -2) : "");
    return new NestedStart(
        new StartRequest(
            machine,
            childArn,
            name,
            input(parameters.path("Input")),
            0,
            "",
            target.versionArn(),
            target.aliasArn(),
            start.parent().traceHeader(),
            link(start),
            null));
  }

  /** The link by which a repeated start is recognised; only {@code .sync} wants to hear more. */
  private static ParentLink link(Effect.StartNestedExecution start) {
    var awaited =
        start.pattern() == TaskResource.Pattern.SYNC
            || start.pattern() == TaskResource.Pattern.SYNC_2;
    return new ParentLink(
        start.task(), -1, "", start.pattern() == TaskResource.Pattern.SYNC_2 ? SYNC_2 : 0, awaited);
  }

  private static Payload input(JsonNode input) {
    if (input.isMissingNode() || input.isNull()) {
      return Payload.EMPTY_OBJECT;
    }
    return Payload.handedOver(input);
  }

  /** AWS's answer to the start. */
  static Payload response(String executionArn, long startMillis, TaskRef task) {
    var requestId = ChildExecutions.stableUuid(task, -3);
    var response = Json.nodes().objectNode();
    response.put("ExecutionArn", executionArn);
    var body = "{\"executionArn\":\"" + executionArn + "\",\"startDate\":1.234567890123E9}";
    response.set("SdkHttpMetadata", httpMetadata(requestId, body.length(), startMillis));
    response.putObject("SdkResponseMetadata").put("RequestId", requestId);
    response.put("StartDate", startMillis);
    return Payload.of(response);
  }

  private static ObjectNode httpMetadata(String requestId, int length, long millis) {
    var metadata = Json.nodes().objectNode();
    var all = metadata.putObject("AllHttpHeaders");
    var single = metadata.putObject("HttpHeaders");
    put(all, single, "connection", "keep-alive");
    put(all, single, "Content-Length", String.valueOf(length));
    put(all, single, "Content-Type", "application/x-amz-json-1.0");
    put(
        all,
        single,
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC)));
    put(all, single, "x-amzn-RequestId", requestId);
    metadata.put("HttpStatusCode", 200);
    return metadata;
  }

  private static void put(ObjectNode all, ObjectNode single, String name, String value) {
    all.putArray(name).add(value);
    single.put(name, value);
  }

  /** What the parent is told when its child has ended: its description, or a failure with it. */
  static Outcome description(Effect.NotifyParent notify, boolean parsed) {
    var header = notify.child();
    var description = Json.nodes().objectNode();
    var succeeded = notify.status() == ExecutionStatus.SUCCEEDED;
    if (!succeeded) {
      putIfPresent(description, "Cause", notify.cause());
      putIfPresent(
          description,
          "Error",
          notify.status() == ExecutionStatus.TIMED_OUT ? "States.Timeout" : notify.error());
    }
    description.put("ExecutionArn", header.arn());
    put(description, "Input", header.input(), parsed);
    description.putObject("InputDetails").put("Included", true);
    description.put("Name", header.name());
    var output = notify.output();
    if (succeeded && output != null) {
      put(description, "Output", output, parsed);
      description.putObject("OutputDetails").put("Included", true);
    }
    description.put("StartDate", header.startMillis());
    putIfPresent(description, "StateMachineAliasArn", header.aliasArn());
    description.put("StateMachineArn", header.machine().stateMachineArn());
    putIfPresent(description, "StateMachineVersionArn", header.versionArn());
    description.put("Status", notify.status().name());
    description.put("StopDate", notify.stopMillis());
    return succeeded
        ? new Outcome.Success(Payload.of(description))
        : new Outcome.Failure("States.TaskFailed", Json.print(description));
  }

  private static void put(ObjectNode node, String name, Payload value, boolean parsed) {
    if (parsed) {
      node.set(name, value.tree());
    } else {
      node.put(name, value.text());
    }
  }

  private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  /** The refusal of a name that is taken. */
  static Refusal alreadyExists(String executionArn, TaskRef task) {
    return refusal(
        "ExecutionAlreadyExists", "Execution Already Exists: '" + executionArn + "'", task);
  }

  private static Refusal refusal(String code, String message, TaskRef task) {
    var suffix = code.endsWith("Exception") ? code : code + "Exception";
    return new Refusal(
        "StepFunctions." + suffix,
        message
            + " (Service: AWSStepFunctions; Status Code: 400; Error Code: "
            + code
            + "; Request ID: "
            + ChildExecutions.stableUuid(task, -3)
            + "; Proxy: null)");
  }
}
