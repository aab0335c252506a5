package io.stepwise.runtime.dispatch;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.ExecutionArn;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.catalog.StateMachineDirectory;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.ParentLink.Nested.Answer;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.runtime.port.Mailbox;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.port.StartResult;
import io.stepwise.storage.execution.UnderWay;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * Executions started by executions: nested ones and children of map runs. Parents and children talk
 * by messages only; a name that follows from the parent's attempt makes a repeated start harmless.
 */
public final class ChildExecutions {
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
                case StartResult.TooMany() ->
                    answer(
                        task,
                        new Outcome.Failure(
                            "StepFunctions.ExecutionLimitExceededException",
                            "Too many Express executions are running already."));
                case null ->
                    answer(
                        task,
                        new Outcome.Failure(
                            "StepFunctions.SfnException", "The execution could not be started."));
              }
            }));
  }

  /** The child that an effect wants stopped; empty where there is none, or it can't be stopped. */
  public static Optional<Effect.StopChild> toBeStopped(
      Effect effect, StateMachineDirectory directory) {
    return switch (effect) {
      case Effect.StopNestedExecution stop -> nestedToBeStopped(stop, directory);
      case Effect.StopMapRunChild stop when stop.type() == StateMachineType.STANDARD -> {
        var arn =
            childArn(
                stop.parent().machine(),
                stop.label(),
                stop.type(),
                stableUuid(stop.link().task(), stop.link().index()));
        yield Optional.of(
            new Effect.StopChild(arn.text(), stop.link().task(), stop.link().round()));
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Effect.StopChild> nestedToBeStopped(
      Effect.StopNestedExecution stop, StateMachineDirectory directory) {
    try {
      var request =
          NestedStart.of(
                  new Effect.StartNestedExecution(
                      stop.task(), IntegrationPattern.SYNC, stop.parameters(), stop.parent()),
                  directory)
              .request();
      return Optional.ofNullable(request.parent())
          .map(
              link ->
                  new Effect.StopChild(request.executionArn().text(), link.task(), link.round()));
    } catch (NestedStart.Refusal refusal) {
      return Optional.empty(); // what could not be started need not be stopped
    }
  }

  /** Stops a child; the row that asks for it goes with the child's commit. */
  void stop(Effect.StopChild stop) {
    mailbox.put(new Message.StopChild(UnderWay.Item.Stop.of(stop)));
  }

  /** Starts a child of a map run. */
  void start(Effect.StartMapRunChild start) {
    mailbox.put(new Message.Start(request(start), result -> {}));
  }

  /** Redrives a child of a map run. One that ran in memory only is started once more. */
  void redrive(Effect.RedriveMapRunChild redrive) {
    var request = request(redrive.start());
    mailbox.put(
        redrive.start().type() == StateMachineType.EXPRESS
            ? new Message.Start(request, result -> {})
            : new Message.RedriveChild(request));
  }

  /** Tells a parent how its child ended. */
  void notifyParent(Effect.NotifyParent notify) {
    var link = notify.link();
    var task = link.task();
    var command =
        switch (link) {
          case ParentLink.MapRunChild child ->
              new Command.SettleChild(
                  task.scopeId(),
                  task.stamp(),
                  child.index(),
                  child.round(),
                  mapRunOutcome(notify));
          case ParentLink.Nested nested ->
              new Command.SettleTask(
                  task.scopeId(),
                  task.stamp(),
                  NestedStart.description(notify, nested.answer() == Answer.PARSED_DESCRIPTION));
        };
    var acknowledges =
        notify.child().isExpress()
            ? null
            : new UnderWay.Item.ParentNotice(notify.child().id(), link.round());
    mailbox.put(new Message.ForExecution(task.executionId(), command, reply -> {}, acknowledges));
  }

  private static Outcome mapRunOutcome(Effect.NotifyParent notify) {
    return notify.status() == ExecutionStatus.SUCCEEDED && notify.output() != null
        ? new Outcome.Success(notify.output())
        : new Outcome.Failure(notify.error(), notify.cause(), notify.status());
  }

  private static StartRequest request(Effect.StartMapRunChild start) {
    var parent = start.parent();
    var machine = parent.machine();
    var name = stableUuid(start.link().task(), start.link().index());
    return new StartRequest(
        machine,
        childArn(machine, start.label(), start.type(), name),
        name,
        start.input(),
        start.graphIndex(),
        start.label(),
        null,
        null,
        parent.traceHeader(),
        start.link(),
        parent.testCase());
  }

  private static ExecutionArn childArn(
      StateMachineRevision machine, String label, StateMachineType type, String name) {
    return machine.stateMachineArn().child(label, name, type == StateMachineType.EXPRESS);
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
