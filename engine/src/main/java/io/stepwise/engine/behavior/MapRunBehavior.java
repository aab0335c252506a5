package io.stepwise.engine.behavior;

import io.stepwise.asl.model.DataFlow;
import io.stepwise.asl.model.MapState;
import io.stepwise.engine.Reply;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.FanOut;
import io.stepwise.engine.execution.FanOutPlan;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Payload;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A Distributed Map: each item, or batch of items, is a child execution of its own.
 *
 * <pre>
 * MapStateStarted ─▶ MapRunStarted ─▶ children … ─▶ MapRunSucceeded ─▶ MapStateSucceeded
 *                                              └──▶ MapRunFailed    ─▶ MapStateFailed
 * </pre>
 */
final class MapRunBehavior {
  /** Source: AWS, quotas of Step Functions: redrives of a Map Run. */
  private static final int REDRIVES_MAX = 1_000;

  private final Draft draft;
  private final Transitions transitions;
  private final Failures failures;
  private final Closing closing;

  MapRunBehavior(Draft draft, Transitions transitions, Failures failures, Closing closing) {
    this.draft = draft;
    this.transitions = transitions;
    this.failures = failures;
    this.closing = closing;
  }

  void begin(Scope scope, MapState state, MapState.Distributed distributed)
      throws EvaluationException {
    var unsupported = unsupported(distributed);
    var items = unsupported == null ? MapItems.of(draft, scope, state) : null;
    var effective = DataFlows.effectiveInput(draft, scope, state.dataFlow());
    var bindings = new StateBindings(draft, scope, effective);
    var concurrency =
        MapBehavior.maxConcurrency(draft, scope, state, draft.limits().mapRunConcurrency());
    // Before anything is written: an item that can't be selected fails the state, not the run.
    var page = items == null ? null : MapRunInputs.page(draft, scope, state, null, itemsOf(items));
    draft.write(
        scope,
        EventType.MapStateStarted,
        new EventDetails.MapStarted(items == null ? 0 : items.size()));
    var count = toleratedCount(distributed, bindings);
    var percentage = toleratedPercentage(distributed, bindings);
    var arn = mapRunArn(distributed.label());
    var startedId = draft.write(scope, EventType.MapRunStarted, new EventDetails.MapRun(arn));
    var plan =
        new FanOutPlan.MapRunPlan(
            arn,
            scope.stampLast() + 1,
            startedId,
            draft.nowMillis(),
            count,
            percentage,
            distributed.itemBatcher() != null);
    draft.write(
        new Progress.FanOutBegan(
            scope.id(),
            new FanOutPlan(
                FanOutPlan.Kind.MAP_RUN,
                items == null ? 0 : items.size(),
                items == null ? Payload.ofTrustedText("[]") : Payload.of(items),
                concurrency,
                plan)));
    if (page != null) {
      draft.write(page);
    }
    if (unsupported != null) {
      runFailed(scope, plan, unsupported.error(), unsupported.cause());
    } else if (fanOut(scope).isDone()) {
      runSucceeded(scope, state, fanOut(scope), plan);
    } else {
      spawn(scope, state, fanOut(scope));
    }
  }

  private static MapRunInputs.Items itemsOf(JsonNode items) {
    if (items.isArray()) {
      return new MapRunInputs.Items(
          0, items.size(), index -> FanOut.item(null, items.get((int) index)));
    }
    var properties = List.copyOf(items.properties());
    return new MapRunInputs.Items(
        0,
        properties.size(),
        index -> {
          var property = properties.get((int) index);
          return FanOut.item(property.getKey(), property.getValue());
        });
  }

  /** Starts as many children as may run now, or as this decision can bear, and reads ahead. */
  void spawn(Scope scope, MapState state, FanOut fanOut) {
    try {
      while (!draft.isExhausted()) {
        if (fanOut.wantsMore()) {
          readOn(scope, state, fanOut);
        } else if (fanOut.maySpawn()) {
          var index = fanOut.indexToSpawn();
          draft.write(new Progress.FanOutAdvanced(scope.id(), index));
          draft.ask(startChild(scope, state, fanOut, index));
        } else {
          return;
        }
      }
    } catch (EvaluationException e) {
      runFailed(scope, Objects.requireNonNull(fanOut.plan().mapRun()), e.error(), e.cause());
      return;
    }
    if (fanOut.maySpawn() || fanOut.wantsMore()) {
      draft.ready(scope);
    }
  }

  private void readOn(Scope scope, MapState state, FanOut fanOut) throws EvaluationException {
    var backlog = fanOut.backlog();
    var page =
        MapRunInputs.page(
            draft,
            scope,
            state,
            backlog.carry(),
            new MapRunInputs.Items(
                backlog.itemsRead(), fanOut.plan().total(), index -> fanOut.item((int) index)));
    draft.write(page);
    draft.worked(MapRunInputs.PAGE_ITEMS);
  }

  /**
   * The execution was redriven: children that did not end well are run again, then those that were
   * not started. Source: AWS, "Redriving Map Runs".
   */
  void redrive(Scope scope, MapState state, FanOut fanOut) throws EvaluationException {
    var plan = Objects.requireNonNull(fanOut.plan().mapRun());
    var count = fanOut.redriveCount() + 1;
    if (count > REDRIVES_MAX) {
      throw new EvaluationException(
          ErrorNames.RUNTIME,
          "The Map Run "
              + plan.arn()
              + " has exceeded the limit of "
              + REDRIVES_MAX
              + " redrives.");
    }
    var eventId =
        draft.write(
            scope, EventType.MapRunRedriven, new EventDetails.MapRunRedriven(plan.arn(), count));
    draft.write(new Progress.MapRunResumed(scope.id(), count, draft.nowMillis(), eventId));
    if (fanOut.isDone()) {
      runSucceeded(scope, state, fanOut, plan);
    } else {
      spawn(scope, state, fanOut);
    }
  }

  /** The effect that gets the child at {@code index} going; also after a restart. */
  Effect startChild(Scope scope, MapState state, FanOut fanOut, int index) {
    var plan = Objects.requireNonNull(fanOut.plan().mapRun());
    var distributed = Objects.requireNonNull(state.distributed());
    var input = fanOut.backlog().input(index);
    var start =
        new Effect.StartMapRunChild(
            new ParentLink.MapRunChild(
                draft.taskRef(scope, plan.stamp()),
                index,
                plan.arn(),
                input.items(),
                fanOut.redriveCount()),
            draft.execution().header(),
            state.processor().index(),
            distributed.label(),
            distributed.executionType(),
            input.payload());
    return fanOut.isRedriven(index) ? new Effect.RedriveMapRunChild(start) : start;
  }

  /** A child ended. */
  Reply settle(Scope scope, MapState state, FanOut fanOut, int index, Outcome outcome) {
    var plan = fanOut.plan().mapRun();
    if (plan == null || !fanOut.isRunning(index)) {
      return Reply.GONE;
    }
    draft.write(new Progress.FanOutCollected(scope.id(), index, outcome));
    if (exceedsTolerance(fanOut)) {
      runFailed(
          scope,
          plan,
          ErrorNames.EXCEED_TOLERATED_FAILURE_THRESHOLD,
          "The specified tolerated failure threshold was exceeded");
    } else if (fanOut.isDone()) {
      try {
        runSucceeded(scope, state, fanOut, plan);
      } catch (EvaluationException e) {
        failures.evaluationFailed(scope, e);
      }
    } else {
      spawn(scope, state, fanOut);
    }
    return Reply.DONE;
  }

  private void runSucceeded(Scope scope, MapState state, FanOut fanOut, FanOutPlan.MapRunPlan plan)
      throws EvaluationException {
    var result = result(state, fanOut);
    var cause = causeOfEnd(fanOut, plan);
    var succeededId = draft.write(scope, EventType.MapRunSucceeded, EventDetails.NONE, cause);
    draft.write(new Progress.MapRunEnded(scope.id(), ExecutionStatus.SUCCEEDED, draft.nowMillis()));
    draft.write(scope, EventType.MapStateSucceeded, EventDetails.NONE, succeededId);
    closing.endFanOut(scope);
    // Not the end of the run, as older recordings have it. Source: all since November 2024.
    draft.write(new Progress.CauseMoved(scope.id(), cause));
    if (result == null) {
      throw new EvaluationException(
          ErrorNames.DATA_LIMIT_EXCEEDED, DataFlows.tooLarge(state.name()));
    }
    var handover = DataFlows.afterResult(draft, scope, state.dataFlow(), result);
    transitions.exit(scope, handover, state.transition());
  }

  /** The outputs of all children; null where they are too large, and wanted. */
  private @Nullable Payload result(MapState state, FanOut fanOut) {
    if (fanOut.backlog().resultBytes() < draft.limits().payloadBytesMax()) {
      return ParallelBehavior.results(fanOut);
    }
    return usesResult(state.dataFlow()) ? null : Payload.EMPTY_OBJECT;
  }

  private static boolean usesResult(DataFlow flow) {
    return switch (flow) {
      case DataFlow.JsonPath path ->
          path.resultPath().path() != null
              || path.resultSelector() != null
              || path.assign() != null;
      case DataFlow.Jsonata jsonata ->
          jsonata.output() == null
              || jsonata.output().usesResult()
              || (jsonata.assign() != null && jsonata.assign().usesResult());
    };
  }

  /** What the event that ends a map run hangs on: its start, or its latest redrive. */
  private static long causeOfEnd(FanOut fanOut, FanOutPlan.MapRunPlan plan) {
    var redrive = fanOut.redrive();
    return redrive == null ? plan.startedEventId() : redrive.eventId();
  }

  private void runFailed(Scope scope, FanOutPlan.MapRunPlan plan, String error, String cause) {
    var failedId =
        draft.write(
            scope,
            EventType.MapRunFailed,
            new EventDetails.Failure(error, cause),
            causeOfEnd(fanOut(scope), plan));
    closing.endMapRun(scope, ExecutionStatus.FAILED);
    failures.fail(scope, new StateFailure(error, cause, failedId));
  }

  /**
   * Where neither limit is set, no failure is tolerated; a limit that is not set does not count.
   */
  private static boolean exceedsTolerance(FanOut fanOut) {
    var failures =
        fanOut.itemsOf(ExecutionStatus.FAILED) + fanOut.itemsOf(ExecutionStatus.TIMED_OUT);
    if (failures == 0) {
      return false;
    }
    var count = fanOut.toleratedFailureCount();
    var percentage = fanOut.toleratedFailurePercentage();
    if (count < 0 && percentage < 0) {
      return true;
    }
    return (count >= 0 && failures > count)
        || (percentage >= 0 && failures * 100.0 / fanOut.itemsTotal() > percentage);
  }

  static long toleratedCount(MapState.Distributed distributed, StateBindings bindings)
      throws EvaluationException {
    var source = distributed.toleratedFailureCount();
    if (source == null) {
      return -1;
    }
    var value = Values.integer(source, bindings, Long.MIN_VALUE);
    if (value < 0) {
      throw new EvaluationException(
          ErrorNames.RUNTIME, "ToleratedFailureCount cannot be negative.");
    }
    return value;
  }

  static double toleratedPercentage(MapState.Distributed distributed, StateBindings bindings)
      throws EvaluationException {
    var source = distributed.toleratedFailurePercentage();
    var value = Values.number(source, bindings);
    if (source != null && (value < 0 || value > 100)) {
      throw new EvaluationException(
          ErrorNames.RUNTIME, "ToleratedFailurePercentage must be between 0 and 100.");
    }
    return value;
  }

  /** What of a definition we can't run yet, as the error of the map run. */
  private static @Nullable EvaluationException unsupported(MapState.Distributed distributed) {
    if (distributed.itemReader() != null) {
      return new EvaluationException(
          "States.ItemReaderFailed", "Stepwise does not support ItemReader yet.");
    }
    if (distributed.resultWriter() != null && distributed.resultWriter().has("Resource")) {
      return new EvaluationException(
          "States.ResultWriterFailed", "Stepwise does not support ResultWriter yet.");
    }
    return null;
  }

  private String mapRunArn(String label) {
    var machine = draft.execution().header().machine().stateMachineArn();
    return machine.mapRun(label, draft.moment().nextUuid()).text();
  }

  private static FanOut fanOut(Scope scope) {
    return Objects.requireNonNull(scope.activeState().fanOut());
  }
}
