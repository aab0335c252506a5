package io.stepwise.server;

import io.stepwise.asl.model.TaskResource;
import io.stepwise.asl.model.TaskState;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Scope;
import io.stepwise.engine.execution.TaskAttempt;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.engine.execution.TaskToken;
import io.stepwise.expression.Json;
import io.stepwise.runtime.dispatch.ActivityTasks;
import io.stepwise.storage.execution.ExecutionReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/**
 * Tells what waits for somebody from outside: tasks for an answer to their token, tasks of
 * activities for a worker or for the answer of the one that took them.
 *
 * <pre>
 * GET /_stepwise/waiting[?after=…]    tasks, and where to go on
 * GET /_stepwise/waiting/activities   activities that have tasks or workers waiting
 * </pre>
 *
 * <p>Limits: a page looks at {@value #ROWS_MAX} branches, iterations and executions that are open,
 * whatever they wait for; it may be empty and not the last. {@value #ACTIVITIES_MAX} activities.
 */
final class WaitingRequest {
  private static final int ROWS_MAX = 1_000;
  private static final int ACTIVITIES_MAX = 1_000;

  private final ExecutionReader executions;
  private final ActivityTasks activities;

  WaitingRequest(ExecutionReader executions, ActivityTasks activities) {
    this.executions = executions;
    this.activities = activities;
  }

  /** A page of tasks as JSON. */
  String tasks(Map<String, String> query) {
    var page = executions.openScopes(query.get("after"), ROWS_MAX);
    var answer = Json.nodes().objectNode();
    var tasks = answer.putArray("tasks");
    var known = new HashMap<Long, Optional<Execution>>();
    for (var open : page.scopes()) {
      var active = open.scope().active();
      if (active != null && active.attempt() != null) {
        known
            .computeIfAbsent(open.executionId(), executions::summarize)
            .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
            .ifPresent(execution -> add(tasks, execution, open.scope()));
      }
    }
    answer.put("next", page.cursor());
    return Json.print(answer);
  }

  /** Adds a task, if it waits for somebody from outside. */
  private void add(ArrayNode tasks, Execution execution, Scope scope) {
    var active = scope.activeState();
    var attempt = active.attempt();
    if (attempt == null
        || !(execution.graph(scope).state(active.name()) instanceof TaskState state)) {
      return;
    }
    var header = execution.header();
    var own = Json.nodes().objectNode();
    switch (state.resource()) {
      case TaskResource.Activity(var arn) -> {
        var isTaken = attempt.phase() == TaskAttempt.Phase.STARTED;
        own.put("kind", "activity").put("activityArn", arn).put("taken", isTaken);
        if (isTaken) {
          own.put("worker", worker(header.id(), scope.lastEventId()));
        }
      }
      case TaskResource.ServiceIntegration task
          when task.pattern() == IntegrationPattern.WAIT_FOR_TASK_TOKEN ->
          own.put("kind", "token")
              .put("resource", task.service() + ":" + task.action())
              .put(
                  "taskToken", TaskToken.of(new TaskRef(header.id(), scope.id(), attempt.stamp())));
      case TaskResource.LambdaFunction _, TaskResource.ServiceIntegration _ -> {
        return; // waits for what it called
      }
    }
    own.put("executionArn", header.arn().text())
        .put("stateMachineArn", header.machine().stateMachineArn().text())
        .put("state", active.name())
        .put("enteredEvent", active.enteredEventId())
        .put("since", active.enteredMillis() / 1_000.0)
        .put("timeoutSeconds", attempt.timeoutSeconds())
        .put("heartbeatSeconds", attempt.heartbeatSeconds());
    tasks.add(own);
  }

  /** Who has taken a task; the event that says so is the last of its scope. Null if unnamed. */
  private @Nullable String worker(long execution, long lastEvent) {
    var name = new @Nullable String[1];
    executions.history(
        execution,
        lastEvent,
        false,
        event -> {
          if (event.details() instanceof EventDetails.ActivityStarted started) {
            name[0] = started.workerName();
          }
          return false;
        });
    return name[0];
  }

  /** How activities stand, as JSON. */
  String activities() {
    var answer = Json.nodes().objectNode();
    var all = answer.putArray("activities");
    for (var queue : activities.queues(ACTIVITIES_MAX)) {
      var own = all.addObject().put("activityArn", queue.activityArn());
      own.put("waiting", queue.waiting()).put("polling", queue.polling());
      var workers = own.putArray("workers");
      queue.workers().forEach(workers::add);
    }
    return Json.print(answer);
  }
}
