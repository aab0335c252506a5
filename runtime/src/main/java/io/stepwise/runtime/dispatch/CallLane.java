package io.stepwise.runtime.dispatch;

import io.stepwise.engine.execution.TaskRef;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way to one connector: a bounded number of calls at once, shared fairly between state
 * machines; the rest waits, as references only, so that what waits costs next to nothing.
 *
 * <p>A state machine may hold up to four times the places that are free: alone, four fifths of them
 * all. So one whose calls hang leaves room for the others, whose own share adapts to how many they
 * are. Source: Choudhury and Hahne, "Dynamic queue length thresholds for shared-memory packet
 * switches", IEEE/ACM Transactions on Networking 6 (2), 1998. Those that wait go on in turn, one of
 * each state machine.
 *
 * <p>Thread safety: guarded by its own monitor.
 */
final class CallLane {
  private static final int SHARE = 4;

  private final int callsMax;
  private final Map<String, Integer> inFlight = new HashMap<>();
  private final LinkedHashMap<String, ArrayDeque<TaskRef>> waiting = new LinkedHashMap<>();
  private int calls;
  private int waitingCount;

  CallLane(int callsMax) {
    this.callsMax = callsMax;
  }

  /** A task whose turn has come: its place is taken already. */
  record Turn(String stateMachineArn, TaskRef task) {}

  /** Takes a place for a task, or has it wait for its turn; returns whether it has a place. */
  synchronized boolean enter(String stateMachineArn, TaskRef task) {
    var own = waiting.get(stateMachineArn);
    if (own == null && hasPlace(stateMachineArn)) {
      take(stateMachineArn);
      return true;
    }
    if (own == null) {
      own = new ArrayDeque<>();
      waiting.put(stateMachineArn, own);
    }
    own.add(task);
    waitingCount++;
    return false;
  }

  /** Gives a place back. */
  synchronized void leave(String stateMachineArn) {
    calls--;
    inFlight.computeIfPresent(stateMachineArn, (arn, count) -> count == 1 ? null : count - 1);
  }

  /** The next task that has waited and gets a place now, or null. */
  synchronized @Nullable Turn next() {
    if (waitingCount == 0 || calls >= callsMax) {
      return null;
    }
    for (var machine : waiting.keySet()) {
      if (hasPlace(machine)) {
        return turn(machine);
      }
    }
    return null;
  }

  private @Nullable Turn turn(String machine) {
    var queue = waiting.remove(machine);
    if (queue == null) {
      return null;
    }
    var task = queue.remove();
    if (!queue.isEmpty()) {
      waiting.put(machine, queue); // last in the round now
    }
    waitingCount--;
    take(machine);
    return new Turn(machine, task);
  }

  /** Calls in flight. */
  synchronized int calls() {
    return calls;
  }

  /** Tasks that wait for their turn. */
  synchronized int waiting() {
    return waitingCount;
  }

  private boolean hasPlace(String stateMachineArn) {
    var free = callsMax - calls;
    return free > 0 && inFlight.getOrDefault(stateMachineArn, 0) < SHARE * (long) free;
  }

  private void take(String stateMachineArn) {
    calls++;
    inFlight.merge(stateMachineArn, 1, Integer::sum);
  }
}
