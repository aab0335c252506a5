package io.stepwise.connectors.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepwise.expression.Payload;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.Mocks;
import java.util.Optional;
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

    assertThat(mocks.answer("M", "C", "Pay", 1))
        .hasValue(new ConnectorOutcome.Failure("Slow", "later"));
    assertThat(mocks.answer("M", "C", "Pay", 2))
        .hasValue(new ConnectorOutcome.Success(Payload.ofTrustedText("{\"ok\":true}")));
  }

  @Test
  void aStateThatTheCaseLeavesOutIsNotMocked() {
    assertThat(MockConfigReader.read("f.json", FILE).answer("M", "C", "Other", 0)).isEmpty();
  }

  @Test
  void whatIsMissingFailsInsteadOfCallingTheService() {
    var mocks = MockConfigReader.read("f.json", FILE);

    assertMissing(mocks.answer("M", "C", "Pay", 3), "has no response for invocation 3");
    assertMissing(mocks.answer("M", "None", "Pay", 0), "has no test case 'None'");
    assertMissing(Mocks.NONE.answer("M", "C", "Pay", 0), "has no test case 'C'");
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

  private static void assertMissing(Optional<ConnectorOutcome> answer, String cause) {
    assertThat(answer)
        .hasValueSatisfying(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        ConnectorOutcome.Failure.class,
                        failure -> {
                          assertThat(failure.error()).isEqualTo("Stepwise.MissingMock");
                          assertThat(failure.cause()).contains(cause);
                        }));
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> MockConfigReader.read("f.json", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("f.json")
        .hasMessageContaining(message);
  }
}
