package io.stepwise.engine;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.engine.behavior.Draft;
import io.stepwise.engine.behavior.Walk;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.Changes;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.Scope;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.Moment;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns a command for an execution into events, effects and a reply.
 *
 * <p>A function of its arguments: time and randomness come with the moment. One decision walks
 * through every state that need not wait, up to a step budget; then it goes on by a timer that is
 * due at once. Events are applied to the execution as they are decided; what the caller must make
 * durable are the decision's events and {@link Execution#drainChanges()}.
 */
public final class Decider {
  private final Limits limits;
  private final Predicate<String> activityExists;

  /**
   * A decider that keeps {@code limits}.
   *
   * @param activityExists whether there is an activity of that ARN: the catalog's local copy
   */
  public Decider(Limits limits, Predicate<String> activityExists) {
    this.limits = limits;
    this.activityExists = activityExists;
  }

  /** Decides on a command. A command that comes too late, or twice, changes nothing. */
  public Decision decide(Execution execution, Command command, Moment moment) {
    var draft = new Draft(execution, moment, limits);
    var walk = new Walk(draft, activityExists);
    var reply = walk.run(() -> apply(draft, walk, command));
    setTimeout(draft);
    return new Decision(draft.events(), draft.effects(), reply);
  }

  /** The effect that repeats something under way, for use after a restart. */
  public Optional<Effect> repeat(Execution execution, Changes.Pending pending) {
    var draft = new Draft(execution, new Moment(Instant.EPOCH, 0), limits);
    return new Walk(draft, activityExists)
        .pendingEffect(pending.scopeId(), pending.stamp(), pending.index());
  }

  private static Reply apply(Draft draft, Walk walk, Command command) {
    var execution = draft.execution();
    if (command instanceof Command.StartExecution) {
      return start(draft);
    }
    if (command instanceof Command.RedriveExecution(var token)) {
      return redrive(draft, walk, token);
    }
    if (command instanceof Command.RedriveChild(var round)) {
      return redriveChild(draft, walk, round);
    }
    if (execution.status().isClosed()) {
      return command instanceof Command.StopExecution ? closed(execution) : Reply.GONE;
    }
    return switch (command) {
      case Command.StartExecution _, Command.RedriveExecution _, Command.RedriveChild _ ->
          throw new IllegalStateException("handled above");
      case Command.AnswerTask(var scopeId, var stamp, var outcome) ->
          walk.answer(scopeId, stamp, outcome);
      case Command.BeginJob(var scopeId, var stamp, var output, var reference) ->
          walk.jobBegan(scopeId, stamp, output, reference);
      case Command.AnswerMockedTask(var scopeId, var stamp, var outcome) ->
          walk.answerMocked(scopeId, stamp, outcome);
      case Command.SettleTask(var scopeId, var stamp, var outcome) ->
          walk.settle(scopeId, stamp, outcome);
      case Command.HeartbeatTask(var scopeId, var stamp) -> walk.heartbeat(scopeId, stamp);
      case Command.TakeActivityTask(var scopeId, var stamp, var workerName) ->
          walk.take(scopeId, stamp, workerName);
      case Command.SettleChild(var scopeId, var stamp, var index, var round, var outcome) ->
          walk.settleChild(scopeId, stamp, index, round, outcome);
      case Command.FireTimer(var timer) -> fire(draft, walk, timer);
      case Command.StopExecution(var error, var cause) -> {
        walk.end(EventType.ExecutionAborted, error, cause);
        yield closed(execution);
      }
      case Command.FailExecution(var error, var cause) -> {
        walk.end(EventType.ExecutionFailed, error, cause);
        yield closed(execution);
      }
      case Command.UpdateMapRun update -> updateMapRun(draft, walk, update);
    };
  }

  private static Reply start(Draft draft) {
    var execution = draft.execution();
    var header = execution.header();
    if (execution.lastEventId() > 0) {
      return new Reply.Started(header.arn().text(), header.startMillis());
    }
    // Written before there is a scope: AWS's first Entered event has no cause.
    draft.write(
        new Progress.ScopeOpened(Scope.ROOT, -1, 0, header.graphIndex(), header.input(), 0));
    var root = execution.scope(Scope.ROOT);
    draft.write(
        root,
        EventType.ExecutionStarted,
        new EventDetails.Started(
            header.input(), header.machine().roleArn(), header.aliasArn(), header.versionArn()),
        0);
    draft.write(new Progress.CauseMoved(Scope.ROOT, 0));
    draft.ready(root);
    return new Reply.Started(header.arn().text(), header.startMillis());
  }

  private static Reply redrive(Draft draft, Walk walk, @Nullable String clientToken) {
    var execution = draft.execution();
    var known =
        clientToken == null ? null : RedriveRules.known(execution, clientToken, draft.nowMillis());
    if (known != null) {
      return new Reply.Redriven(known.millis());
    }
    var reason = reasonAgainstRedrive(draft);
    if (reason != null) {
      return new Reply.NotRedrivable(reason);
    }
    if (clientToken != null) {
      draft.write(new Progress.RedriveAsked(clientToken, draft.nowMillis()));
    }
    walk.redrive();
    return new Reply.Redriven(draft.nowMillis());
  }

  /** Why a closed execution cannot be redriven, as far as it itself goes, or null where it can. */
  public @Nullable String redriveRefusal(Execution execution, long nowMillis) {
    return RedriveRules.reasonAgainst(execution, nowMillis, limits.historyEventsMax());
  }

  private static @Nullable String reasonAgainstRedrive(Draft draft) {
    var execution = draft.execution();
    var reason =
        RedriveRules.reasonAgainst(execution, draft.nowMillis(), draft.limits().historyEventsMax());
    return reason == null && execution.findScope(Scope.ROOT) == null
        ? "Execution was started before the launch of RedriveExecution."
        : reason;
  }

  /** A child that can't be redriven, or need not be, tells its parent again how it ended. */
  private static Reply redriveChild(Draft draft, Walk walk, int round) {
    var execution = draft.execution();
    var parent = execution.parent();
    if (parent == null || parent.round() >= round) {
      return Reply.GONE;
    }
    draft.write(new Progress.ParentRoundMoved(round));
    if (!execution.status().isClosed()) {
      return Reply.DONE; // it was to be stopped, but not yet: it goes on
    }
    if (reasonAgainstRedrive(draft) == null) {
      walk.redrive();
    } else {
      walk.notifyParentAgain();
    }
    return Reply.DONE;
  }

  /**
   * An execution that did not end with its first decision, or its first since a redrive, is bounded
   * by a timer.
   */
  private void setTimeout(Draft draft) {
    var execution = draft.execution();
    if (execution.status().isClosed() || execution.timeout() != null || !begins(draft)) {
      return;
    }
    var machine = execution.header().machine();
    var seconds =
        machine.type() == StateMachineType.EXPRESS || execution.header().isExpress()
            ? limits.expressSecondsMax()
            : limits.standardSecondsMax();
    var own = machine.definition().timeoutSeconds();
    if (own.isPresent() && execution.header().graphIndex() == 0) {
      seconds = Math.min(seconds, own.getAsInt());
    }
    draft.write(
        new Progress.TimerSet(
            new Timer(
                draft.scaled(draft.nowMillis() + 1000 * seconds),
                Scope.ROOT,
                0,
                Timer.Kind.EXECUTION_TIMEOUT)));
  }

  private static boolean begins(Draft draft) {
    for (var event : draft.events()) {
      if (event instanceof HistoryEvent first) {
        return first.type() == EventType.ExecutionStarted
            || first.type() == EventType.ExecutionRedriven;
      }
    }
    return false;
  }

  private static Reply fire(Draft draft, Walk walk, Timer timer) {
    if (timer.kind() != Timer.Kind.EXECUTION_TIMEOUT) {
      walk.fire(timer);
    } else if (timer.equals(draft.execution().timeout())) {
      walk.end(EventType.ExecutionTimedOut, "States.Timeout", null);
    }
    return Reply.DONE;
  }

  private static Reply updateMapRun(Draft draft, Walk walk, Command.UpdateMapRun update) {
    for (var scope : draft.execution().scopes()) {
      var active = scope.active();
      var fanOut = active == null ? null : active.fanOut();
      var plan = fanOut == null ? null : fanOut.plan().mapRun();
      if (fanOut != null && plan != null && plan.arn().equals(update.mapRunArn())) {
        draft.write(
            new Progress.MapRunLimited(
                scope.id(),
                update.maxConcurrency(),
                update.toleratedFailureCount(),
                update.toleratedFailurePercentage()));
        walk.spawn(scope, fanOut);
        return Reply.DONE;
      }
    }
    return Reply.GONE;
  }

  private static Reply closed(Execution execution) {
    return new Reply.Closed(execution.status(), execution.stopMillis());
  }
}
