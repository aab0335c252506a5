package io.stepwise.connectors.mock;

import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.Mocks;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tasks of which test cases are answered with what.
 *
 * @param machines by name of the state machine and of the test case: the responses of each state
 */
public record MockConfig(Map<String, Map<String, Map<String, List<Response>>>> machines)
    implements Mocks {
  public MockConfig {
    machines = Map.copyOf(machines);
  }

  /**
   * The answer to some invocations of a state.
   *
   * @param first the first of them, counted from 0
   * @param last the last of them
   */
  public record Response(int first, int last, ConnectorOutcome outcome) {}

  @Override
  public boolean isEmpty() {
    return machines.isEmpty();
  }

  @Override
  public boolean hasCase(String machine, String testCase) {
    return machines.getOrDefault(machine, Map.of()).containsKey(testCase);
  }

  @Override
  public Optional<ConnectorOutcome> answer(
      String machine, String testCase, String state, int invocation) {
    var states = machines.getOrDefault(machine, Map.of()).get(testCase);
    if (states == null) {
      return Mocks.noCase(machine, testCase);
    }
    var responses = states.get(state);
    if (responses == null) {
      return Optional.empty();
    }
    for (var response : responses) {
      if (response.first() <= invocation && invocation <= response.last()) {
        return Optional.of(response.outcome());
      }
    }
    return Mocks.missing(
        "The mock configuration has no response for invocation "
            + invocation
            + " of the state '"
            + state
            + "' in the test case '"
            + testCase
            + "'",
        machine);
  }
}
