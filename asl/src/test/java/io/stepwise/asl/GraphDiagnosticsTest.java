package io.stepwise.asl;

import static io.stepwise.asl.Definitions.errors;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GraphDiagnosticsTest {

  private static String machine(String states) {
    return "{\"StartAt\":\"A\",\"States\":{" + states + "}}";
  }

  @Test
  void danglingNextIsReportedBeforeTheMissingEnd() {
    assertThat(errors(machine("\"A\":{\"Type\":\"Pass\",\"Next\":\"NOPE\"}")))
        .containsExactly(
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: NOPE at /States/A/Next",
            "MISSING_END_STATE: Workflow has no terminal state at null");
  }

  @Test
  void danglingNextLeavesTheRestUnreachable() {
    assertThat(
            errors(
                machine("\"A\":{\"Type\":\"Pass\",\"Next\":\"X\"},\"B\":{\"Type\":\"Succeed\"}")))
        .containsExactly(
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/A/Next",
            "MISSING_TRANSITION_TARGET: State \"B\" is not reachable. at /States/B");
  }

  @Test
  void loopHidesUnreachableStates() {
    assertThat(
            errors(
                machine(
                    "\"A\":{\"Type\":\"Pass\",\"Next\":\"A\"},"
                        + "\"C\":{\"Type\":\"Pass\",\"Next\":\"A\"}")))
        .containsExactly("MISSING_END_STATE: Workflow has no terminal state at null");
  }

  @Test
  void unreachableEndCountsAsAnEnd() {
    assertThat(
            errors(
                machine("\"A\":{\"Type\":\"Pass\",\"Next\":\"A\"},\"C\":{\"Type\":\"Succeed\"}")))
        .containsExactly("MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C");
  }

  @Test
  void everyTransitionNeedsItsTarget() {
    assertThat(
            errors(
                """
                {"StartAt": "Nowhere", "States": {
                  "C": {"Type": "Choice", "Default": "D",
                        "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "E"}]},
                  "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "F"}]}}}
                """))
        .containsExactly(
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nowhere at /StartAt",
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: D at /States/C/Default",
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: E at /States/C/Choices[0]/Next",
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: F at /States/T/Catch[0]/Next",
            "MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C",
            "MISSING_TRANSITION_TARGET: State \"T\" is not reachable. at /States/T");
  }

  @Test
  void branchesHaveTargetsOfTheirOwn() {
    assertThat(
            errors(
                machine(
                    """
                    "A": {"Type": "Parallel", "Next": "B", "Branches": [
                      {"StartAt": "X", "States": {"X": {"Type": "Pass", "Next": "B"}}}]},
                    "B": {"Type": "Succeed"}
                    """)))
        .containsExactly(
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: B"
                + " at /States/A/Branches[0]/States/X/Next",
            "MISSING_END_STATE: Workflow has no terminal state at null");
  }

  @Test
  void namesAreUniqueInTheWholeDocument() {
    assertThat(
            errors(
                machine(
                    """
                    "A": {"Type": "Map", "End": true, "ItemProcessor":
                      {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}}
                    """)))
        .containsExactly(
            "DUPLICATE_STATE_NAME: Duplicate State name: A at"
                + " /States/A/ItemProcessor/States/A");
  }

  @Test
  void namesHaveAtMostEightyCharacters() {
    var name = "n".repeat(81);

    assertThat(
            errors(
                "{\"StartAt\":\"%s\",\"States\":{\"%s\":{\"Type\":\"Succeed\"}}}"
                    .formatted(name, name)))
        .containsExactly(
            "INVALID_STATE_NAME: State name must have 1 to 80 characters at /States/" + name);
  }

  @Test
  void nestedGraphsHaveNoSettingsOfAMachine() {
    assertThat(
            errors(
                machine(
                    """
                    "A": {"Type": "Map", "End": true, "ItemProcessor": {"QueryLanguage": "JSONata",
                      "StartAt": "X", "States": {"X": {"Type": "Pass", "End": true}}}}
                    """)))
        .containsExactly(
            "SCHEMA_VALIDATION_FAILED: Field 'QueryLanguage' is not supported at"
                + " /States/A/ItemProcessor");
  }

  @Test
  void brokenStatesAreReportedOnce() {
    assertThat(errors(machine("\"A\":{\"Type\":\"Nope\",\"Foo\":1}")))
        .containsExactly(
            "SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values:"
                + " [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/A/Type");
    assertThat(errors(machine("\"A\":{\"Type\":\"Pass\"}")))
        .containsExactly(
            "SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields:"
                + " [Next, End] at /States/A");
  }
}
