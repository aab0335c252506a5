package io.stepwise.simulation.check;

import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.storage.execution.ExecutionReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A history has no gap and no double, rises in time, and every cause comes before its effect. */
public final class Histories {
  private Histories() {}

  /** Checks the history of a closed execution; returns how many events it has. */
  public static int check(ExecutionReader store, long id) {
    List<HistoryEvent> events = new ArrayList<>();
    store.history(id, 1, false, events::add);
    Map<String, Integer> open = new HashMap<>();
    for (var i = 0; i < events.size(); i++) {
      var event = events.get(i);
      require(event.id() == i + 1, id, "event " + (i + 1) + ", found " + event);
      require(
          event.previousEventId() >= 0 && event.previousEventId() < event.id(),
          id,
          "a cause before its effect, found " + event);
      require(
          i == 0 || event.timestampMillis() >= events.get(i - 1).timestampMillis(),
          id,
          "time to rise at " + event);
      var last = i == events.size() - 1;
      var redriven = !last && events.get(i + 1).type() == EventType.ExecutionRedriven;
      require(
          isEnd(event) == (last || redriven),
          id,
          "the end at the end, or redriven, found " + event);
      countStates(open, event, id);
    }
    require(!events.isEmpty(), id, "a history");
    require(events.getFirst().type().name().equals("ExecutionStarted"), id, "a start");
    return events.size();
  }

  private static void countStates(Map<String, Integer> open, HistoryEvent event, long id) {
    switch (event.details()) {
      case EventDetails.StateEntered(var name, var input) -> open.merge(name, 1, Integer::sum);
      case EventDetails.StateExited exited ->
          require(
              open.merge(exited.name(), -1, Integer::sum) >= 0,
              id,
              "a state to be entered before " + event);
      default -> {}
    }
  }

  private static boolean isEnd(HistoryEvent event) {
    return switch (event.type()) {
      case ExecutionSucceeded, ExecutionFailed, ExecutionAborted, ExecutionTimedOut -> true;
      default -> false;
    };
  }

  private static void require(boolean holds, long id, String expected) {
    if (!holds) {
      throw new Violation("Expected in the history of execution " + id + ": " + expected);
    }
  }
}
