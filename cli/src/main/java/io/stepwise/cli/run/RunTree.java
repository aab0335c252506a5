package io.stepwise.cli.run;

import io.stepwise.cli.run.StateNode.Phase;
import io.stepwise.cli.run.StateNode.ScopeNode;
import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.FanOutPlan;
import io.stepwise.engine.execution.Outcome;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run has done so far, as a tree of states, grown by the events of its execution. */
final class RunTree {
  private final Map<Integer, ScopeNode> scopes = new HashMap<>();
  private final ScopeNode root = new ScopeNode(null, 0);
  private long startMillis;
  private long endMillis;
  private @Nullable EventType end;

  RunTree() {
    scopes.put(0, root);
  }

  ScopeNode root() {
    return root;
  }

  long startMillis() {
    return startMillis;
  }

  /** The event that closed the execution, or null while it runs. */
  @Nullable EventType end() {
    return end;
  }

  /** Units: milliseconds. */
  long elapsed(long nowMillis) {
    return (end == null ? nowMillis : endMillis) - startMillis;
  }

  void apply(Event event, long nowMillis) {
    switch (event) {
      case HistoryEvent history -> apply(history);
      case Progress progress -> apply(progress, nowMillis);
    }
  }

  private void apply(HistoryEvent event) {
    var millis = event.timestampMillis();
    var scope = scopes.get(event.scopeId());
    var node = scope == null ? null : scope.current;
    switch (event.details()) {
      case EventDetails.StateEntered(var name, var input) -> enter(event, scope, name);
      case EventDetails.StateExited exited -> {
        if (node != null) {
          node.end(node.error == null ? Phase.SUCCEEDED : Phase.FAILED, millis);
        }
      }
      case EventDetails.TaskFailure(var type, var resource, var error, var cause) ->
          note(node, error, event.type());
      case EventDetails.Failure(var error, var cause) -> note(node, error, event.type());
      case EventDetails.EvaluationFailed failed -> note(node, failed.error(), event.type());
      default -> {}
    }
    switch (event.type()) {
      case ExecutionStarted -> startMillis = millis;
      case TaskSucceeded, LambdaFunctionSucceeded, ActivitySucceeded -> {
        if (node != null) {
          node.error = null;
        }
      }
      case TaskStateAborted, WaitStateAborted, MapStateAborted, ParallelStateAborted -> {
        if (node != null) {
          node.end(Phase.ABORTED, millis);
        }
      }
      case ExecutionSucceeded, ExecutionFailed, ExecutionAborted, ExecutionTimedOut -> {
        end = event.type();
        endMillis = millis;
        scopes.values().forEach(open -> close(open, millis));
      }
      default -> {}
    }
  }

  private static void enter(HistoryEvent event, @Nullable ScopeNode scope, String name) {
    if (scope != null) {
      var type = event.type().name().replace("StateEntered", "");
      var node = scope.enter(name, type, event.timestampMillis());
      if (event.type() == EventType.FailStateEntered) {
        node.end(Phase.FAILED, event.timestampMillis());
      }
    }
  }

  private static void note(@Nullable StateNode node, @Nullable String error, EventType type) {
    if (node != null) {
      node.error = error == null ? type.name() : error;
    }
  }

  private void apply(Progress event, long nowMillis) {
    switch (event) {
      case Progress.ScopeOpened opened -> open(opened);
      case Progress.ScopeClosed(var id) -> {
        var scope = scopes.remove(id);
        if (scope != null) {
          close(scope, nowMillis);
          forgetIteration(scope);
        }
      }
      case Progress.AttemptBegan(var id, var attempt) -> {
        var node = current(id);
        if (node != null) {
          node.attempts++;
        }
      }
      case Progress.FanOutBegan(var id, var plan) -> {
        var node = current(id);
        if (node != null) {
          node.fanOut = plan.kind();
          node.total = plan.total();
          node.succeeded = 0;
          node.failed = 0;
          node.scopes.clear();
          node.attempts++;
        }
      }
      case Progress.FanOutCollected(var id, var index, var outcome) -> {
        var node = current(id);
        if (node != null) {
          if (outcome instanceof Outcome.Success) {
            node.succeeded++;
          } else {
            node.failed++;
          }
          if (outcome instanceof Outcome.Failure(var error, var cause, var status)) {
            note(node, error, EventType.MapIterationFailed);
          }
        }
      }
      default -> {}
    }
  }

  private void open(Progress.ScopeOpened opened) {
    if (opened.scopeId() == 0) {
      return;
    }
    var owner = current(opened.parentId());
    var scope = new ScopeNode(owner, opened.index());
    scopes.put(opened.scopeId(), scope);
    if (owner != null) {
      owner.scopes.put(opened.index(), scope);
    }
  }

  private @Nullable StateNode current(int scopeId) {
    var scope = scopes.get(scopeId);
    return scope == null ? null : scope.current;
  }

  private static void close(ScopeNode scope, long millis) {
    var node = scope.current;
    if (node != null) {
      node.end(node.error == null ? Phase.ABORTED : Phase.FAILED, millis);
    }
  }

  /** Of thousands of iterations only those that run, or failed, are worth a line. */
  private static void forgetIteration(ScopeNode scope) {
    var owner = scope.owner;
    var last = scope.current;
    if (owner != null
        && owner.fanOut == FanOutPlan.Kind.MAP
        && (last == null || last.phase != Phase.FAILED)) {
      owner.scopes.remove(scope.index, scope);
    }
  }
}
