package io.stepwise.runtime;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.expression.Payload;
import io.stepwise.storage.ExecutionStore;
import io.stepwise.storage.Keys;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Executions started by executions: nested ones and children of map runs. Parents and children talk
 * by messages only; a name that follows from the parent's attempt makes a repeated start harmless.
 */
final class ChildExecutions {
  private final Mailbox mailbox;
  private final StateMachineDirectory directory;

  ChildExecutions(Mailbox mailbox, StateMachineDirectory directory) {
    this.mailbox = mailbox;
    this.directory = directory;
  }

  /** A UUID that is the same whenever the same attempt (and item) asks for one. */
  static String stableUuid(TaskRef task, int index) {
    var seed =
        ByteBuffer.allocate(20)
            .putLong(task.executionId())
            .putInt(task.scopeId())
            .putInt(task.stamp())
            .putInt(index)
            .array();
    return UUID.nameUUIDFromBytes(seed).toString();
  }

  /** Starts a nested execution and answers the task of its parent. */
  void start(Effect.StartNestedExecution start) {
    var task = start.task();
    NestedStart nested;
    try {
      nested = NestedStart.of(start, directory);
    } catch (NestedStart.Refusal refusal) {
      answer(task, new Outcome.Failure(refusal.error(), refusal.cause()));
      return;
    }
    mailbox.put(
        new Message.Start(
            nested.request(),
            result -> {
              switch (result) {
                case StartResult.Started(var arn, var millis) ->
                    answer(task, new Outcome.Success(NestedStart.response(arn, millis, task)));
                case StartResult.AlreadyExists(var arn) -> {
                  var refusal = NestedStart.alreadyExists(arn, task);
                  answer(task, new Outcome.Failure(refusal.error(), refusal.cause()));
                }
                case null ->
                    answer(
                        task,
                        new Outcome.Failure(
                            "StepFunctions.SfnException", "The execution could not be started."));
              }
            }));
  }

  /** Stops the nested execution that an attempt started. */
  void stop(Effect.StopNestedExecution stop) {
    try {
      var nested =
          NestedStart.of(
              new Effect.StartNestedExecution(
                  stop.task(), TaskResource.Pattern.SYNC, stop.parameters(), stop.parent()),
              directory);
      stopByArn(nested.request(), nested.request().parent());
    } catch (NestedStart.Refusal refusal) {
      // What could not be started need not be stopped.
    }
  }

  /** Starts a child of a map run. */
  void start(Effect.StartMapRunChild start) {
    mailbox.put(
        new Message.Start(
            request(
                start.link(),
                start.parent(),
                start.graphIndex(),
                start.label(),
                start.type(),
                start.input()),
            result -> {}));
  }

  /** Stops a child of a map run; an Express one can't be stopped. */
  void stop(Effect.StopMapRunChild stop) {
    if (stop.type() == StateMachineType.STANDARD) {
      var request =
          request(
              stop.link(), stop.parent(), 0, stop.label(), stop.type(), Payload.EMPTY_OBJECT);
      stopByArn(request, stop.link());
    }
  }

  /** Tells a parent how its child ended. */
  void notifyParent(Effect.NotifyParent notify) {
    var link = notify.link();
    var task = link.task();
    var outcome =
        link.isMapRun()
            ? mapRunOutcome(notify)
            : NestedStart.description(notify, isSync2(link));
    Command command =
        link.isMapRun()
            ? new Command.SettleChild(task.scopeId(), task.stamp(), link.index(), outcome)
            : new Command.SettleTask(task.scopeId(), task.stamp(), outcome);
    var acknowledges =
        notify.child().isExpress()
            ? null
            : Keys.pending(notify.child().id(), ExecutionStore.NOTIFY_PARENT);
    mailbox.put(
        new Message.ForExecution(task.executionId(), command, reply -> {}, acknowledges));
  }

  private static boolean isSync2(ParentLink link) {
    return link.itemCount() == NestedStart.SYNC_2;
  }

  private static Outcome mapRunOutcome(Effect.NotifyParent notify) {
    return notify.status() == ExecutionStatus.SUCCEEDED && notify.output() != null
        ? new Outcome.Success(notify.output())
        : new Outcome.Failure(notify.error(), notify.cause(), notify.status());
  }

  private static StartRequest request(
      ParentLink link,
      ExecutionHeader parent,
      int graphIndex,
      String label,
      StateMachineType type,
      Payload input) {
    var machine = parent.machine();
    var name = stableUuid(link.task(), link.index());
    return new StartRequest(
        machine,
        childArn(machine, label, type, name),
        name,
        input,
        graphIndex,
        label,
        null,
        null,
        parent.traceHeader(),
        link);
  }

  private static String childArn(
      StateMachineRevision machine, String label, StateMachineType type, String name) {
    var express = type == StateMachineType.EXPRESS;
    return "arn:"
        + machine.partition()
        + ":states:"
        + machine.region()
        + ":"
        + machine.account()
        + (express ? ":express:" : ":execution:")
        + machine.name()
        + "/"
        + label
        + ":"
        + name
        + (express ? ":" + name : "");
  }

  private void stopByArn(StartRequest request, @Nullable ParentLink link) {
    mailbox.put(new Message.StopChild(request.executionArn(), link));
  }

  private void answer(TaskRef task, Outcome outcome) {
    mailbox.put(
        new Message.ForExecution(
            task.executionId(),
            new Command.AnswerTask(task.scopeId(), task.stamp(), outcome),
            reply -> {},
            null));
  }
}
