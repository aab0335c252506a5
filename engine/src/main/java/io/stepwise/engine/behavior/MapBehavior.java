package io.stepwise.engine.behavior;

import io.stepwise.asl.model.MapState;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.FanOut;
import io.stepwise.engine.execution.FanOutPlan;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Payload;

/**
 * Runs its processor for each item, a bounded number at a time; its result is the array of the
 * outputs in the order of the items. A distributed one is handed to {@link MapRunBehavior}.
 */
final class MapBehavior implements StateBehavior<MapState> {
  private final Draft draft;
  private final Transitions transitions;
  private final Failures failures;
  private final Closing closing;
  private final MapRunBehavior mapRuns;

  MapBehavior(
      Draft draft,
      Transitions transitions,
      Failures failures,
      Closing closing,
      MapRunBehavior mapRuns) {
    this.draft = draft;
    this.transitions = transitions;
    this.failures = failures;
    this.closing = closing;
    this.mapRuns = mapRuns;
  }

  @Override
  public void begin(Scope scope, MapState state) throws EvaluationException {
    if (state.distributed() != null) {
      mapRuns.begin(scope, state, state.distributed());
      return;
    }
    var items = MapItems.of(draft, scope, state);
    var concurrency = maxConcurrency(draft, scope, state, draft.limits().inlineMapConcurrency());
    var startedId =
        draft.write(scope, EventType.MapStateStarted, new EventDetails.MapStarted(items.size()));
    draft.write(
        new Progress.FanOutBegan(
            scope.id(),
            new FanOutPlan(
                FanOutPlan.Kind.MAP, items.size(), Payload.of(items), concurrency, null)));
    var fanOut = scope.activeState().fanOut();
    if (items.isEmpty() && fanOut != null) {
      succeed(scope, state, fanOut);
    } else if (fanOut != null) {
      spawn(scope, state, fanOut, startedId);
    }
  }

  /** An iteration ended well. */
  void collect(Scope scope, MapState state, FanOut fanOut, Scope iteration) {
    var lastEventId = iteration.lastEventId();
    var succeededId =
        draft.write(
            iteration,
            EventType.MapIterationSucceeded,
            new EventDetails.MapIteration(state.name(), iteration.index()));
    draft.write(
        new Progress.FanOutCollected(
            scope.id(), iteration.index(), new Outcome.Success(iteration.nextInput())));
    draft.write(new Progress.ScopeClosed(iteration.id()));
    draft.write(new Progress.CauseMoved(scope.id(), succeededId));
    try {
      if (fanOut.isDone()) {
        succeed(scope, state, fanOut);
      } else {
        spawn(scope, state, fanOut, lastEventId);
      }
    } catch (EvaluationException e) {
      closing.abortChildren(scope, null, scope.lastEventId());
      failures.evaluationFailed(scope, e);
    }
  }

  /** How many at a time: the definition's bound and ours, whichever is lower. */
  static int maxConcurrency(Draft draft, Scope scope, MapState state, int bound)
      throws EvaluationException {
    var bindings =
        new StateBindings(draft, scope, DataFlows.effectiveInput(draft, scope, state.dataFlow()));
    var wanted = Values.integer(state.maxConcurrency(), bindings, 0);
    return (int) (wanted == 0 ? bound : Math.min(wanted, bound));
  }

  /** Starts as many iterations as may run now. */
  void spawn(Scope scope, MapState state, FanOut fanOut, long causeEventId)
      throws EvaluationException {
    while (fanOut.maySpawn()) {
      var index = fanOut.nextIndex();
      var input = MapItems.input(draft, scope, state, fanOut, index);
      draft.write(new Progress.FanOutAdvanced(scope.id(), index));
      var iteration = draft.openScope(scope, index, state.processor().index(), input, causeEventId);
      draft.write(
          iteration,
          EventType.MapIterationStarted,
          new EventDetails.MapIteration(state.name(), index));
    }
  }

  private void succeed(Scope scope, MapState state, FanOut fanOut) throws EvaluationException {
    var result = ParallelBehavior.results(fanOut);
    draft.write(scope, EventType.MapStateSucceeded, EventDetails.NONE);
    closing.endFanOut(scope);
    var handover = DataFlows.afterResult(draft, scope, state.dataFlow(), result);
    transitions.exit(scope, handover, state.transition());
  }
}
