package io.stepwise.runtime.mock;

import io.stepwise.engine.execution.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of which test cases are answered with what.
 *
 * @param machines by name of the state machine and of the test case: the responses of each state
 */
public record MockConfig(Map<String, Map<String, Map<String, List<Response>>>> machines) {
  /** No mocks. */
  public static final MockConfig NONE = new MockConfig(Map.of());

  public MockConfig {
    machines = Map.copyOf(machines);
  }

  /**
   * The answer to some invocations of a state.
   *
   * @param first the first of them, counted from 0
   * @param last the last of them
   */
  public record Response(int first, int last, Outcome outcome) {}

  /** Whether there are no mocks at all. */
  public boolean isEmpty() {
    return machines.isEmpty();
  }

  /** Whether a state machine has such a test case. */
  public boolean hasCase(String machine, String testCase) {
    return machines.getOrDefault(machine, Map.of()).containsKey(testCase);
  }

  /**
   * What an invocation of a state is answered, or null where the test case leaves the state to the
   * real service. A case or an invocation that is not there is a failure: whoever asked for mocks
   * must not get real calls instead.
   */
  public @Nullable Outcome outcome(String machine, String testCase, String state, int invocation) {
    var states = machines.getOrDefault(machine, Map.of()).get(testCase);
    if (states == null) {
      return missing("The mock configuration has no test case '" + testCase + "'", machine);
    }
    var responses = states.get(state);
    if (responses == null) {
      return null;
    }
    for (var response : responses) {
      if (response.first() <= invocation && invocation <= response.last()) {
        return response.outcome();
      }
    }
    return missing(
        "The mock configuration has no response for invocation "
            + invocation
            + " of the state '"
            + state
            + "' in the test case '"
            + testCase
            + "'",
        machine);
  }

  private static Outcome missing(String what, String machine) {
    return new Outcome.Failure(
        "Stepwise.MissingMock", what + " of the state machine '" + machine + "'. Add it.");
  }
}
