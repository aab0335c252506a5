package io.stepwise.engine.behavior;

import io.stepwise.asl.model.ParallelState;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.FanOut;
import io.stepwise.engine.execution.FanOutPlan;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;

/** Runs all branches side by side; its result is the array of their outputs. */
final class ParallelBehavior implements StateBehavior<ParallelState> {
  private final Draft draft;
  private final Transitions transitions;
  private final Failures failures;
  private final Closing closing;

  ParallelBehavior(Draft draft, Transitions transitions, Failures failures, Closing closing) {
    this.draft = draft;
    this.transitions = transitions;
    this.failures = failures;
    this.closing = closing;
  }

  @Override
  public void begin(Scope scope, ParallelState state) throws EvaluationException {
    var input = DataFlows.arguments(draft, scope, state.dataFlow(), null);
    var startedId = draft.write(scope, EventType.ParallelStateStarted, EventDetails.NONE);
    var branches = state.branches();
    draft.write(
        new Progress.FanOutBegan(
            scope.id(), new FanOutPlan(FanOutPlan.Kind.PARALLEL, branches.size(), input, 0, null)));
    for (var i = 0; i < branches.size(); i++) {
      draft.write(new Progress.FanOutAdvanced(scope.id(), i));
      draft.openScope(scope, i, branches.get(i).index(), input, startedId);
    }
  }

  /** A branch ended well. */
  void collect(Scope scope, ParallelState state, FanOut fanOut, Scope branch) {
    var lastEventId = branch.lastEventId();
    draft.write(
        new Progress.FanOutCollected(
            scope.id(), branch.index(), new Outcome.Success(branch.nextInput())));
    draft.write(new Progress.ScopeClosed(branch.id()));
    draft.write(new Progress.CauseMoved(scope.id(), lastEventId));
    if (!fanOut.isDone()) {
      return;
    }
    var result = results(fanOut);
    draft.write(scope, EventType.ParallelStateSucceeded, EventDetails.NONE);
    closing.endFanOut(scope);
    try {
      var handover = DataFlows.afterResult(draft, scope, state.dataFlow(), result);
      transitions.exit(scope, handover, state.transition());
    } catch (EvaluationException e) {
      failures.evaluationFailed(scope, e);
    }
  }

  /** The outputs of what ended well, in order. */
  static Payload results(FanOut fanOut) {
    var results = Json.nodes().arrayNode(fanOut.total());
    for (var i = 0; i < fanOut.total(); i++) {
      var output = fanOut.result(i);
      if (output != null) {
        results.add(output.tree());
      }
    }
    return Payload.of(results);
  }
}
