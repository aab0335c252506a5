package io.stepwise.cli.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.model.StateMachineType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Problems of definitions are shown where they are. */
final class DefinitionFileTest {

  @Test
  void pointsAtTheValueOfAField() {
    assertThat(
            findings(
                "flow.asl.json",
                """
                {
                  "StartAt": "A",
                  "States": {
                    "A": {"Type": "Pass", "Next": "B"}
                  }
                }
                """))
        .first()
        .isEqualTo("4:35+3 MISSING_TRANSITION_TARGET");
  }

  @Test
  void pointsIntoArraysAndNestedMachines() {
    assertThat(
            findings(
                "flow.asl.json",
                """
                {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
                  "StartAt": "C", "States": {
                    "C": {"Type": "Choice", "Choices": [
                      {"Variable": "$.a", "IsNull": true, "Next": "Nowhere"}]}}}}}}
                """))
        .contains("4:51+9 MISSING_TRANSITION_TARGET");
  }

  @Test
  void pointsAtTheNameOfAFieldThatAMessageNames() {
    assertThat(
            findings(
                "flow.asl.json",
                """
                {"StartAt": "A", "States": {
                  "A": {"Type": "Pass", "Colour": "red", "End": true}}}
                """))
        .containsExactly("2:25+8 SCHEMA_VALIDATION_FAILED");
  }

  @Test
  void pointsAtTheEncloserOfWhatIsMissing() {
    assertThat(findings("flow.asl.json", "{\"StartAt\": \"A\", \"States\": {\"A\": {}}}"))
        .first()
        .isEqualTo("1:29+3 SCHEMA_VALIDATION_FAILED");
  }

  @Test
  void pointsAtTheFaultOfTextThatIsNotJson() {
    assertThat(findings("flow.asl.json", "{\n  \"StartAt\": oops\n}"))
        .containsExactly("2:17+1 INVALID_JSON_DESCRIPTION");
  }

  @Test
  void readsYamlAndPointsIntoIt() {
    var text =
        """
        StartAt: A
        States:
          A:
            Type: Wait
            Seconds: soon
            End: true
        """;

    assertThat(findings("flow.asl.yaml", text)).containsExactly("5:14+4 SCHEMA_VALIDATION_FAILED");
    assertThat(read("flow.asl.yml", text.replace("soon", "60")).validJson())
        .contains(
            "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}}}");
  }

  @Test
  void tellsWhereTextIsNotYaml() {
    assertThat(findings("flow.yaml", "StartAt: [A\nStates: {}\n"))
        .containsExactly("2:7+1 INVALID_YAML");
  }

  private static List<String> findings(String name, String text) {
    return read(name, text).findings().stream()
        .map(
            finding ->
                "%d:%d+%d %s"
                    .formatted(
                        finding.span().line(),
                        finding.span().column(),
                        finding.span().length(),
                        finding.diagnostic().code()))
        .toList();
  }

  private static DefinitionFile read(String name, String text) {
    return DefinitionFile.of(name, text, StateMachineType.STANDARD);
  }
}
