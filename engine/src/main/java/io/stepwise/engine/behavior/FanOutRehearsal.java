package io.stepwise.engine.behavior;

import io.stepwise.asl.model.DataFlow;
import io.stepwise.asl.model.MapState;
import io.stepwise.asl.model.ParallelState;
import io.stepwise.engine.behavior.Inspector.MapLimit;
import io.stepwise.engine.behavior.Inspector.Stage;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Payload;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Takes a Parallel or Map state through its data flow with a given outcome in place of its branches
 * or iterations, for a state under test.
 */
final class FanOutRehearsal {
  private final Draft draft;
  private final Transitions transitions;
  private final Failures failures;

  FanOutRehearsal(Draft draft, Transitions transitions, Failures failures) {
    this.draft = draft;
    this.transitions = transitions;
    this.failures = failures;
  }

  void parallel(Scope scope, ParallelState state, Outcome outcome) throws EvaluationException {
    var unused = DataFlows.arguments(draft, scope, state.dataFlow(), null);
    switch (outcome) {
      case Outcome.Success(var result) ->
          transitions.exit(
              scope,
              DataFlows.afterResult(draft, scope, state.dataFlow(), result),
              state.transition());
      case Outcome.Failure failure -> fail(scope, failure);
    }
  }

  /** Errors: {@link RehearsalRefused} where more iterations are to fail than there are. */
  void map(
      Scope scope,
      MapState state,
      Outcome outcome,
      @Nullable JsonNode readerData,
      long failureCount)
      throws EvaluationException {
    var inspector = Objects.requireNonNull(draft.inspector());
    var effective = DataFlows.effectiveInput(draft, scope, state.dataFlow());
    var bindings = new StateBindings(draft, scope, effective);
    var reads = state.distributed() != null && state.distributed().itemReader() != null;
    var items = reads ? readerData : MapItems.of(draft, scope, state);
    if (!reads && items != null && state.dataFlow() instanceof DataFlow.JsonPath) {
      draft.reached(Stage.AFTER_ITEMS_PATH, Payload.of(items));
    }
    var iterations = items == null ? 0 : iterations(scope, state, bindings, items);
    inspector.limit(
        MapLimit.MAX_CONCURRENCY, (double) Values.integer(state.maxConcurrency(), bindings, 0));
    var tolerated = tolerates(state, bindings, inspector, failureCount, iterations);
    if (items != null && failureCount > iterations) {
      throw new RehearsalRefused(
          "Map iteration failure count must be less than or equal to the number of Map iterations");
    }
    switch (outcome) {
      case Outcome.Failure failure -> fail(scope, failure);
      case Outcome.Success success when !tolerated ->
          fail(
              scope,
              new Outcome.Failure(
                  ErrorNames.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                  "The specified tolerated failure threshold was exceeded"));
      case Outcome.Success(var result) ->
          transitions.exit(
              scope,
              DataFlows.afterResult(draft, scope, state.dataFlow(), result),
              state.transition());
    }
  }

  /** How many iterations, or children with a batch each, the items make. */
  private int iterations(Scope scope, MapState state, StateBindings bindings, JsonNode items)
      throws EvaluationException {
    var inputs = MapRunInputs.selected(draft, scope, state, items);
    if (state.itemSelector() != null) {
      draft.reached(Stage.AFTER_ITEM_SELECTOR, Payload.of(inputs));
    }
    var distributed = state.distributed();
    var batcher = distributed == null ? null : distributed.itemBatcher();
    if (batcher == null) {
      return inputs.size();
    }
    var batches = MapRunInputs.batch(draft, scope, state, inputs);
    draft.reached(Stage.AFTER_ITEM_BATCHER, Payload.of(batches));
    return batches.size();
  }

  /** Only a limit that is set makes the failures count: AWS answers so. */
  private static boolean tolerates(
      MapState state,
      StateBindings bindings,
      Inspector inspector,
      long failureCount,
      int iterations)
      throws EvaluationException {
    var distributed = state.distributed();
    if (distributed == null) {
      return true;
    }
    var tolerates = true;
    if (distributed.toleratedFailureCount() != null) {
      var count = MapRunBehavior.toleratedCount(distributed, bindings);
      inspector.limit(MapLimit.TOLERATED_FAILURE_COUNT, (double) count);
      tolerates = failureCount <= count;
    }
    if (distributed.toleratedFailurePercentage() != null) {
      var percentage = MapRunBehavior.toleratedPercentage(distributed, bindings);
      inspector.limit(MapLimit.TOLERATED_FAILURE_PERCENTAGE, percentage);
      tolerates &= iterations == 0 || failureCount * 100.0 / iterations <= percentage;
    }
    return tolerates;
  }

  private void fail(Scope scope, Outcome.Failure failure) {
    failures.fail(scope, new StateFailure(failure.error(), failure.cause(), scope.lastEventId()));
  }
}
