package io.stepwise.scenario;

import io.stepwise.engine.execution.ActiveState;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.FanOut;
import io.stepwise.engine.execution.Scope;
import java.util.Arrays;
import java.util.Comparator;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Prints all of an execution that must survive: two executions are the same iff their images are.
 * Leaves out what only tells storage which rows exist.
 */
public final class ExecutionImage {
  private final StringBuilder out = new StringBuilder();

  private ExecutionImage() {}

  /** The image of an execution. */
  public static String of(Execution execution) {
    var image = new ExecutionImage();
    image.print(execution);
    return image.out.toString();
  }

  private void print(Execution execution) {
    var header = execution.header();
    line("arn", header.arn() + " id " + header.id() + " graph " + header.graphIndex());
    line("machine", header.machine().id() + " label " + header.label());
    line("parent", execution.parent());
    line("started", header.startMillis() + " input " + header.input().text());
    line("by", header.versionArn() + " " + header.aliasArn() + " " + header.traceHeader());
    line("status", execution.status() + " " + execution.stopMillis());
    line("events", execution.lastEventId() + " scopes " + execution.scopeIdLast());
    line("output", execution.output());
    line("error", execution.error() + " cause " + execution.cause());
    line("redrive", execution.redriveCount() + " " + execution.redriveMillis());
    execution.redriveTokens().forEach(token -> line("redrive token", token));
    line("timeout", execution.timeout());
    line("continuation", execution.continuation());
    execution.scopes().stream().sorted(Comparator.comparingInt(Scope::id)).forEach(this::print);
  }

  private void print(Scope scope) {
    line("scope " + scope.id(), "of " + scope.parentId() + " index " + scope.index());
    line("  graph", scope.graphIndex());
    line("  next", scope.nextState() + " " + scope.nextInput().text());
    line("  last event", scope.lastEventId() + " stamp " + scope.stampLast());
    line("  variables", new TreeMap<>(scope.variables()));
    var active = scope.active();
    if (active != null) {
      print(active);
    }
  }

  private void print(ActiveState active) {
    line("  in", active.name() + " since " + active.enteredMillis());
    line("    events", active.enteredEventId() + "<-" + active.causeOfEntryEventId());
    line("    input", active.input().text());
    var retries = Arrays.toString(active.retrierCounts());
    line("    retries", active.retryCount() + " " + retries);
    line("    attempt", active.attempt());
    line("    timers", active.timers());
    var fanOut = active.fanOut();
    if (fanOut != null) {
      print(fanOut);
    }
  }

  private void print(FanOut fanOut) {
    line("    plan", fanOut.plan());
    line("    counters", fanOut.counters());
    line("    running", Arrays.toString(fanOut.runningIndexes()));
    if (fanOut.isSuspended() || fanOut.redrive() != null) {
      line("    suspended", fanOut.isSuspended() + " redrive " + fanOut.redrive());
    }
    if (fanOut.plan().mapRun() != null) {
      line("    backlog", fanOut.backlog().progress());
      for (var i = 0; i < fanOut.total(); i++) {
        line("    input " + i, fanOut.backlog().input(i));
      }
    }
    for (var i = 0; i < fanOut.total(); i++) {
      var result = fanOut.result(i);
      if (result != null) {
        line("    result " + i, result.text());
      }
    }
  }

  private void line(String name, @Nullable Object value) {
    out.append(name).append(": ").append(value).append('\n');
  }
}
