package io.stepwise.integration;

import java.util.Optional;

/** Answers that tasks of test cases get instead of those of their services. */
public interface Mocks {
  /** No mocks. */
  Mocks NONE =
      new Mocks() {
        @Override
        public boolean isEmpty() {
          return true;
        }

        @Override
        public boolean hasCase(String machine, String testCase) {
          return false;
        }

        @Override
        public Optional<ConnectorOutcome> answer(
            String machine, String testCase, String state, int invocation) {
          return noCase(machine, testCase);
        }
      };

  /** The failure of a task whose test case is not there. */
  static Optional<ConnectorOutcome> noCase(String machine, String testCase) {
    return missing("The mock configuration has no test case '" + testCase + "'", machine);
  }

  /** The failure of a task whose answer is not there. */
  static Optional<ConnectorOutcome> missing(String what, String machine) {
    return Optional.of(
        new ConnectorOutcome.Failure(
            "Stepwise.MissingMock", what + " of the state machine '" + machine + "'. Add it."));
  }

  /** Whether there are no mocks at all. */
  boolean isEmpty();

  /** Whether a state machine has such a test case. */
  boolean hasCase(String machine, String testCase);

  /**
   * What an invocation of a state is answered; empty where the test case leaves the state to the
   * real service. A case or an invocation that is not there is a failure: whoever asked for mocks
   * must not get real calls instead.
   *
   * @param invocation counted from 0
   */
  Optional<ConnectorOutcome> answer(String machine, String testCase, String state, int invocation);
}
