package io.stepwise.testkit;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.runtime.Message;
import io.stepwise.runtime.StartRequest;
import io.stepwise.runtime.StartResult;
import io.stepwise.runtime.StateMachineDirectory;
import io.stepwise.storage.ExecutionStore;
import io.stepwise.storage.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Performs the effects by which executions talk to each other, in one thread: each becomes a
 * message. Names of children follow from the attempt, so an effect performed twice starts once.
 */
public final class NativeEffects {
  private final StateMachineDirectory directory;
  private final ExecutionStore store;
  private final Consumer<Message> out;

  /** Sends messages to {@code out}. */
  public NativeEffects(
      StateMachineDirectory directory, ExecutionStore store, Consumer<Message> out) {
    this.directory = directory;
    this.store = store;
    this.out = out;
  }

  /** Performs an effect, or returns false where it is the business of somebody else. */
  public boolean perform(Effect effect) {
    switch (effect) {
      case Effect.StartNestedExecution nested -> startNested(nested);
      case Effect.StartMapRunChild child -> startChild(child);
      case Effect.NotifyParent notice -> notifyParent(notice);
      case Effect.StopMapRunChild stop ->
          stop(childArn(stop.link(), stop.parent(), stop.label(), stop.type()));
      case Effect.StopNestedExecution stop -> {
        var target = target(stop.parameters());
        if (target != null) {
          stop(nestedArn(stop.task(), stop.parameters(), target));
        }
      }
      case Effect.InvokeTask task -> {
        return false;
      }
      case Effect.OfferActivityTask task -> {
        return false;
      }
    }
    return true;
  }

  private void startNested(Effect.StartNestedExecution nested) {
    var parameters = nested.parameters();
    var target = target(parameters);
    if (target == null) {
      answer(
          nested.task(),
          new Outcome.Failure(
              "StepFunctions.StateMachineDoesNotExistException", "State machine does not exist"));
      return;
    }
    var arn = nestedArn(nested.task(), parameters, target);
    var input = parameters.tree().path("Input");
    var awaited =
        nested.pattern() == TaskResource.Pattern.SYNC
            || nested.pattern() == TaskResource.Pattern.SYNC_2;
    var request =
        new StartRequest(
            target.machine(),
            arn,
            arn.substring(arn.lastIndexOf(':') + 1),
            input.isMissingNode() ? Payload.EMPTY_OBJECT : Payload.of(input),
            0,
            "",
            null,
            null,
            null,
            new ParentLink(nested.task(), -1, "", 0, awaited));
    out.accept(new Message.Start(request, result -> nestedStarted(nested.task(), result)));
  }

  private void nestedStarted(TaskRef task, @Nullable StartResult result) {
    switch (result) {
      case StartResult.Started(var arn, var startMillis) -> {
        var output = Json.nodes().objectNode();
        output.put("ExecutionArn", arn);
        output.put("StartDate", Instant.ofEpochMilli(startMillis).toString());
        answer(task, new Outcome.Success(Payload.of(output)));
      }
      case StartResult.AlreadyExists(var arn) ->
          answer(
              task,
              new Outcome.Failure(
                  "StepFunctions.ExecutionAlreadyExistsException", "Execution Already Exists"));
      case null -> answer(task, new Outcome.Failure("States.Runtime", "fault"));
    }
  }

  private void answer(TaskRef task, Outcome outcome) {
    send(task.executionId(), new Command.AnswerTask(task.scopeId(), task.stamp(), outcome), null);
  }

  private void startChild(Effect.StartMapRunChild child) {
    var machine = child.parent().machine();
    var arn = childArn(child.link(), child.parent(), child.label(), child.type());
    var request =
        new StartRequest(
            machine,
            arn,
            arn.substring(arn.lastIndexOf(':') + 1),
            child.input(),
            child.graphIndex(),
            child.label(),
            null,
            null,
            null,
            child.link());
    out.accept(new Message.Start(request, result -> {}));
  }

  private void notifyParent(Effect.NotifyParent notice) {
    var link = notice.link();
    var task = link.task();
    var child = notice.child();
    byte @Nullable [] row =
        child.isExpress() ? null : Keys.pending(child.id(), ExecutionStore.NOTIFY_PARENT);
    Command command =
        link.isMapRun()
            ? new Command.SettleChild(task.scopeId(), task.stamp(), link.index(), own(notice))
            : new Command.SettleTask(task.scopeId(), task.stamp(), described(notice));
    send(task.executionId(), command, row);
  }

  private static Outcome own(Effect.NotifyParent notice) {
    var output = notice.output();
    return output != null
        ? new Outcome.Success(output)
        : new Outcome.Failure(notice.error(), notice.cause(), notice.status());
  }

  private static Outcome described(Effect.NotifyParent notice) {
    var description = Json.nodes().objectNode();
    description.put("ExecutionArn", notice.child().arn());
    description.put("Status", notice.status().name());
    var output = notice.output();
    if (output != null) {
      description.set("Output", output.tree());
    }
    if (notice.error() != null) {
      description.put("Error", notice.error());
    }
    if (notice.cause() != null) {
      description.put("Cause", notice.cause());
    }
    return notice.status() == ExecutionStatus.SUCCEEDED
        ? new Outcome.Success(Payload.of(description))
        : new Outcome.Failure("States.TaskFailed", Json.print(description));
  }

  private void stop(String arn) {
    var id = store.find(arn);
    if (id.isPresent()) {
      send(id.getAsLong(), new Command.StopExecution(null, null), null);
    }
  }

  private void send(long id, Command command, byte @Nullable [] row) {
    Consumer<@Nullable Reply> ignored = reply -> {};
    out.accept(new Message.ForExecution(id, command, ignored, row));
  }

  private StateMachineDirectory.@Nullable Target target(Payload parameters) {
    var arn = parameters.tree().path("StateMachineArn").asString("");
    return directory.find(arn, 0).orElse(null);
  }

  private static String nestedArn(
      TaskRef task, Payload parameters, StateMachineDirectory.Target target) {
    var given = parameters.tree().path("Name").asString("");
    var name = given.isEmpty() ? uuid(task.toString()) : given;
    var kind = target.machine().type() == StateMachineType.EXPRESS ? ":express:" : ":execution:";
    return target.machine().stateMachineArn().replace(":stateMachine:", kind)
        + ":"
        + name
        + (kind.equals(":express:") ? ":" + uuid(task + "run") : "");
  }

  private static String childArn(
      ParentLink link, ExecutionHeader parent, String label, StateMachineType type) {
    var machineArn = Objects.requireNonNull(parent.machine().stateMachineArn());
    var kind = type == StateMachineType.EXPRESS ? ":express:" : ":execution:";
    var name = uuid(link.mapRunArn() + link.index());
    return machineArn.replace(":stateMachine:", kind)
        + "/"
        + label
        + ":"
        + name
        + (type == StateMachineType.EXPRESS ? ":" + uuid(name) : "");
  }

  private static String uuid(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
