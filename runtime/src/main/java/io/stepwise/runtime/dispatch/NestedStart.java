package io.stepwise.runtime.dispatch;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.catalog.StateMachineDirectory;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.ParentLink.Nested.Answer;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.SdkMetadata;
import io.stepwise.runtime.port.StartRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a {@code states:startExecution} task asks for, and the shapes of AWS's answers to it.
 *
 * @param request the execution to start
 */
record NestedStart(StartRequest request) {
  private static final List<String> TEXT_PARAMETERS =
      List.of("StateMachineArn", "Name", "TraceHeader");

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
    checkTypes(start);
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
    var childArn =
        machine.type() == StateMachineType.EXPRESS
            ? machine.stateMachineArn().expressExecution(name, ChildExecutions.stableUuid(task, -2))
            : machine.stateMachineArn().execution(name);
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

  /** Source: AWS, what it says of parameters of the wrong type. */
  private static void checkTypes(Effect.StartNestedExecution start) throws Refusal {
    for (var field : TEXT_PARAMETERS) {
      var value = start.parameters().tree().path(field);
      if (!value.isMissingNode() && !value.isNull() && !value.isString()) {
        throw new Refusal(
            "States.Runtime",
            "The Parameters '"
                + start.parameters().text()
                + "' could not be used to start the Task: [The value for the field '"
                + field
                + "' must be a STRING]");
      }
    }
  }

  /** The link by which a repeated start is recognised; only {@code .sync} wants to hear more. */
  private static ParentLink link(Effect.StartNestedExecution start) {
    return new ParentLink.Nested(
        start.task(),
        switch (start.pattern()) {
          case REQUEST_RESPONSE, WAIT_FOR_TASK_TOKEN -> Answer.NONE;
          case SYNC -> Answer.DESCRIPTION;
          case SYNC_2 -> Answer.PARSED_DESCRIPTION;
        });
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
    SdkMetadata.put(response, headers(requestId, body.length(), startMillis), 200, requestId);
    response.put("StartDate", startMillis);
    return Payload.of(response);
  }

  private static Map<String, String> headers(String requestId, int length, long millis) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("connection", "keep-alive");
    headers.put("Content-Length", String.valueOf(length));
    headers.put("Content-Type", "application/x-amz-json-1.0");
    headers.put(
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC)));
    headers.put("x-amzn-RequestId", requestId);
    return headers;
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
    description.put("ExecutionArn", header.arn().text());
    put(description, "Input", header.input(), parsed);
    description.putObject("InputDetails").put("Included", true);
    description.put("Name", header.name());
    var output = notify.output();
    if (succeeded && output != null) {
      put(description, "Output", output, parsed);
      description.putObject("OutputDetails").put("Included", true);
    }
    if (!header.isExpress()) {
      description.put("RedriveCount", notify.redriveCount());
      description.put(
          "RedriveStatus", notify.redriveRefusal() == null ? "REDRIVABLE" : "NOT_REDRIVABLE");
      putIfPresent(description, "RedriveStatusReason", notify.redriveRefusal());
    }
    description.put("StartDate", header.startMillis());
    putIfPresent(description, "StateMachineAliasArn", header.aliasArn());
    description.put("StateMachineArn", header.machine().stateMachineArn().text());
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
