package io.stepwise.simulation.check;

import io.stepwise.engine.Reply;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.storage.execution.ExecutionReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nothing that a client was told is done may be undone by a crash. */
public final class Acknowledgements {
  private final ExecutionReader store;
  private final List<String> started = new ArrayList<>();
  private final Map<Long, Reply.Closed> stopped = new HashMap<>();
  private final Map<Long, Long> redriven = new HashMap<>();
  private final List<TaskRef> settled = new ArrayList<>();
  private final Map<Long, Long> expired = new HashMap<>();
  private final Set<String> expiredArns = new HashSet<>();
  private int startedChecked;
  private int settledChecked;

  /** Looks things up in {@code store}. */
  public Acknowledgements(ExecutionReader store) {
    this.store = store;
  }

  /** A client was told that an execution has started. */
  public void started(String arn) {
    started.add(arn);
  }

  /** A client was told that an execution is over. */
  public void stopped(long id, Reply.Closed reply) {
    var before = stopped.putIfAbsent(id, reply);
    if (before != null && !before.equals(reply)) {
      throw new Violation("Expected the same answer to every stop of " + id);
    }
  }

  /** A client asks for an execution to go on: it may be running again before the client hears. */
  public void asksToRedrive(long id) {
    stopped.remove(id);
  }

  /** A client was told that an execution goes on. */
  public void redriven(long id, long millis) {
    redriven.put(id, millis);
  }

  /** Retention was told to remove an execution if it was closed before that time. */
  public void expires(String arn, long id, long closedBeforeMillis) {
    expiredArns.add(arn);
    expired.merge(id, closedBeforeMillis, Math::max);
  }

  /** Whether retention may have removed an execution that was alive at that time. */
  public boolean mayBeGone(long id, long aliveMillis) {
    return expired.getOrDefault(id, Long.MIN_VALUE) > aliveMillis;
  }

  /** Whether retention was ever told of an execution. */
  public boolean mayBeGone(String arn) {
    return expiredArns.contains(arn);
  }

  /** A client was told that the outcome of a task was taken. */
  public void settled(TaskRef task) {
    settled.add(task);
  }

  /** Checks what was acknowledged since the last check, and everything that was stopped. */
  public void check() {
    for (; startedChecked < started.size(); startedChecked++) {
      var arn = started.get(startedChecked);
      if (store.find(arn).isEmpty() && !mayBeGone(arn)) {
        throw new Violation("Expected the acknowledged start of " + arn + " to survive");
      }
    }
    stopped.forEach(this::checkStop);
    stopped.clear();
    redriven.forEach(this::checkRedrive);
    for (; settledChecked < settled.size(); settledChecked++) {
      checkSettled(settled.get(settledChecked));
    }
  }

  private void checkStop(long id, Reply.Closed reply) {
    var found = store.describe(id);
    if (found.isEmpty() && mayBeGone(id, reply.stopMillis())) {
      return;
    }
    if (found.isEmpty()
        || found.get().status() != reply.status()
        || found.get().stopMillis() != reply.stopMillis()) {
      throw new Violation("Expected the acknowledged stop of " + id + " to survive: " + reply);
    }
  }

  private void checkRedrive(long id, long millis) {
    var found = store.describe(id);
    if (found.isEmpty() && mayBeGone(id, millis)) {
      return;
    }
    if (found.isEmpty() || found.get().redriveMillis() < millis) {
      throw new Violation("Expected the acknowledged redrive of " + id + " to survive");
    }
  }

  private void checkSettled(TaskRef task) {
    var execution = store.load(task.executionId()).orElse(null);
    var scope = execution == null ? null : execution.findScope(task.scopeId());
    var active = scope == null ? null : scope.active();
    var attempt = active == null ? null : active.attempt();
    if (execution == null && expired.containsKey(task.executionId())) {
      return;
    }
    if (execution == null || (attempt != null && attempt.stamp() == task.stamp())) {
      throw new Violation("Expected the acknowledged outcome of " + task + " to survive");
    }
  }
}
