package io.stepwise.engine.history;

import io.stepwise.aws.AwsTime;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Prints history events as GetExecutionHistory shows them. Source: AWS, "GetExecutionHistory",
 * "HistoryEvent".
 */
public final class HistoryWriter {
  private final JsonGenerator out;
  private final boolean withData;

  /** Prints to {@code out}; without inputs and outputs where {@code withData} is false. */
  public HistoryWriter(JsonGenerator out, boolean withData) {
    this.out = out;
    this.withData = withData;
  }

  /** One event, with its data, as a tree. */
  public static JsonNode tree(HistoryEvent event) {
    var text = new StringWriter();
    try (var out = Json.mapper().createGenerator(text)) {
      new HistoryWriter(out, true).write(event);
    }
    return Json.parseTrusted(text.toString());
  }

  public void write(HistoryEvent event) {
    out.writeStartObject();
    out.writeName("timestamp");
    out.writeNumber(AwsTime.seconds(event.timestampMillis()));
    out.writeStringProperty("type", event.type().name());
    out.writeNumberProperty("id", event.id());
    out.writeNumberProperty("previousEventId", event.previousEventId());
    if (!event.type().detailsKey().isEmpty()) {
      out.writeName(event.type().detailsKey());
      out.writeStartObject();
      write(event.details());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private void write(EventDetails details) {
    switch (details) {
      case EventDetails.None none -> {}
      case EventDetails.Started started -> {
        input(started.input());
        text("roleArn", started.roleArn());
        text("stateMachineAliasArn", started.stateMachineAliasArn());
        text("stateMachineVersionArn", started.stateMachineVersionArn());
      }
      case EventDetails.Output output -> output(output.output());
      case EventDetails.Failure failure -> failure(failure.error(), failure.cause());
      case EventDetails.Redriven redriven ->
          out.writeNumberProperty("redriveCount", redriven.redriveCount());
      case EventDetails.StateEntered entered -> {
        text("name", entered.name());
        input(entered.input());
      }
      case EventDetails.StateExited exited -> {
        text("name", exited.name());
        output(exited.output());
        assigned(exited.assigned());
      }
      case EventDetails.LambdaScheduled scheduled -> {
        text("resource", scheduled.resource());
        input(scheduled.input());
        number("timeoutInSeconds", scheduled.timeoutSeconds());
        credentials(scheduled.credentialsRoleArn());
      }
      case EventDetails.ActivityScheduled scheduled -> {
        text("resource", scheduled.resource());
        input(scheduled.input());
        number("timeoutInSeconds", scheduled.timeoutSeconds());
        number("heartbeatInSeconds", scheduled.heartbeatSeconds());
      }
      case EventDetails.ActivityStarted started -> text("workerName", started.workerName());
      case EventDetails.TaskScheduled scheduled -> {
        task(scheduled.resourceType(), scheduled.resource());
        text("region", scheduled.region());
        if (withData) {
          text("parameters", scheduled.parameters().text());
        }
        number("timeoutInSeconds", scheduled.timeoutSeconds());
        number("heartbeatInSeconds", scheduled.heartbeatSeconds());
        credentials(scheduled.credentialsRoleArn());
      }
      case EventDetails.TaskStarted started -> task(started.resourceType(), started.resource());
      case EventDetails.TaskOutput task -> {
        task(task.resourceType(), task.resource());
        output(task.output());
      }
      case EventDetails.TaskFailure task -> {
        task(task.resourceType(), task.resource());
        failure(task.error(), task.cause());
      }
      case EventDetails.MapStarted started -> out.writeNumberProperty("length", started.length());
      case EventDetails.MapIteration iteration -> {
        text("name", iteration.name());
        out.writeNumberProperty("index", iteration.index());
      }
      case EventDetails.MapRun run -> text("mapRunArn", run.mapRunArn());
      case EventDetails.MapRunRedriven redriven -> {
        text("mapRunArn", redriven.mapRunArn());
        out.writeNumberProperty("redriveCount", redriven.redriveCount());
      }
      case EventDetails.EvaluationFailed failed -> {
        text("error", failed.error());
        text("cause", failed.cause());
        text("location", failed.location());
        text("state", failed.state());
      }
    }
  }

  private void task(String resourceType, String resource) {
    text("resourceType", resourceType);
    text("resource", resource);
  }

  private void input(Payload value) {
    data("input", value, "inputDetails");
  }

  private void output(Payload value) {
    data("output", value, "outputDetails");
  }

  private void data(String name, Payload value, String detailsName) {
    if (withData) {
      text(name, value.text());
      notTruncated(detailsName);
    }
  }

  private void assigned(Map<String, Payload> variables) {
    if (withData && !variables.isEmpty()) {
      out.writeName("assignedVariables");
      out.writeStartObject();
      variables.forEach((name, value) -> text(name, value.text()));
      out.writeEndObject();
      notTruncated("assignedVariablesDetails");
    }
  }

  private void notTruncated(String name) {
    out.writeName(name);
    out.writeStartObject();
    out.writeBooleanProperty("truncated", false);
    out.writeEndObject();
  }

  private void failure(@Nullable String error, @Nullable String cause) {
    text("error", error);
    text("cause", cause);
  }

  private void credentials(@Nullable String roleArn) {
    if (roleArn != null) {
      out.writeName("taskCredentials");
      out.writeStartObject();
      text("roleArn", roleArn);
      out.writeEndObject();
    }
  }

  private void text(String name, @Nullable String value) {
    if (value != null) {
      out.writeStringProperty(name, value);
    }
  }

  private void number(String name, @Nullable Long value) {
    if (value != null) {
      out.writeNumberProperty(name, value);
    }
  }

  /** The factory to print with. */
  public static JsonGenerator generator(java.io.OutputStream target) {
    return Json.mapper().createGenerator(target);
  }
}
