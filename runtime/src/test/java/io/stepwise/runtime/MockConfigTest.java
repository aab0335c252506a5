package io.stepwise.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepwise.engine.execution.Outcome;
import io.stepwise.expression.Payload;
import io.stepwise.runtime.mock.MockConfig;
import io.stepwise.runtime.mock.MockConfigReader;
import org.junit.jupiter.api.Test;

class MockConfigTest {
  private static final String FILE =
      """
      {"StateMachines": {"M": {"TestCases": {"C": {"Pay": "Flaky"}}}},
       "MockedResponses": {"Flaky": {
         "0-1": {"Throw": {"Error": "Slow", "Cause": "later"}},
         "2":   {"Return": {"ok": true}}}}}
      """;

  @Test
  void eachInvocationHasItsResponse() {
    var mocks = MockConfigReader.read("f.json", FILE);

    assertThat(mocks.outcome("M", "C", "Pay", 1)).isEqualTo(new Outcome.Failure("Slow", "later"));
    assertThat(mocks.outcome("M", "C", "Pay", 2))
        .isEqualTo(new Outcome.Success(Payload.ofTrustedText("{\"ok\":true}")));
  }

  @Test
  void aStateThatTheCaseLeavesOutIsNotMocked() {
    assertThat(MockConfigReader.read("f.json", FILE).outcome("M", "C", "Other", 0)).isNull();
  }

  @Test
  void whatIsMissingFailsInsteadOfCallingTheService() {
    assertThat(MockConfigReader.read("f.json", FILE).outcome("M", "C", "Pay", 3))
        .isInstanceOf(Outcome.Failure.class);
    assertThat(MockConfig.NONE.outcome("M", "C", "Pay", 0)).isInstanceOf(Outcome.Failure.class);
  }

  @Test
  void aProblemIsToldWithFileAndLine() {
    refused("{\"StateMachines\":\n}", "line 2");
    refused("{\n\"MockedResponse\": {}}", "line 2: expected StateMachines or MockedResponses");
    refused(FILE.replace("\"Flaky\"}", "\"Flakey\"}"), "line 1: MockedResponses has no response");
    refused(FILE.replace("\"2\"", "\"1-2\""), "line 4: '1-2' of MockedResponses.Flaky repeats");
    refused(FILE.replace("\"2\"", "\"2-1\""), "line 4: expected a number or a range");
    refused(FILE.replace("Return", "Retrun"), "line 4: expected Return or Throw");
    refused(FILE.replace("\"Error\": \"Slow\", ", ""), "line 3: expected the text Error");
    refused("[]", "line 1: expected an object");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> MockConfigReader.read("f.json", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("f.json")
        .hasMessageContaining(message);
  }
}
