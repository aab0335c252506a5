package io.stepwise.cli.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.model.StateMachineType;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is underlined of an expression: the token that is wrong, not all of it. */
class ExpressionTokenTest {
  private static String underlined(String text) {
    var file = DefinitionFile.of("f.json", text, StateMachineType.STANDARD);
    return file.findings().stream()
        .map(
            finding -> {
              var span = finding.span();
              var line = text.lines().toList().get(span.line() - 1);
              var token = line.substring(span.column() - 1, span.column() - 1 + span.length());
              return token + (finding.hint() == null ? "" : " / " + finding.hint());
            })
        .collect(Collectors.joining("; "));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{% $states.input.a + %} | +",
        "{% 1 + (2 * ] %} | ]",
        "{% $sum($states.input.a 5) %} | 5",
        "{% 'it' & customer.name %} | customer",
        "{% $$.a %} | $$",
        "{% $states.input.x + $states.result %} | $states.result",
        "{% $states.inptu.a %} | $states.inptu / did you mean input?",
        "{% $upercase('a') %} | $upercase / did you mean $uppercase?",
        "{% \\\"quoted \\u00e9\\\" & ) %} | )"
      })
  void ofJsonata(String expression, String token) {
    assertThat(
            underlined(
                """
                {"QueryLanguage": "JSONata", "StartAt": "P", "States": {
                  "P": {"Type": "Pass", "Output": {"v": "%s"}, "End": true}}}
                """
                    .formatted(expression)))
        .isEqualTo(token);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "$.a[?(@.b == ] | ]",
        "$.a..[x | x",
        "States.Format('{}', States.UID()) | States.UID",
        "States.ArrayLength($.a[) | )",
        "States.Fromat('{}', 1) | States.Fromat / did you mean States.Format?"
      })
  void ofJsonPathAndIntrinsics(String expression, String token) {
    assertThat(
            underlined(
                """
                {"StartAt": "P", "States": {
                  "P": {"Type": "Pass", "Parameters": {"v.$": "%s"}, "End": true}}}
                """
                    .formatted(expression)))
        .isEqualTo(token);
  }

  @org.junit.jupiter.api.Test
  void ofYaml() {
    var text =
        """
        QueryLanguage: JSONata
        StartAt: P
        States:
          P:
            Type: Pass
            Output: '{% 1 + ] %}'
            End: true
        """;
    var span =
        DefinitionFile.of("f.yaml", text, StateMachineType.STANDARD).findings().getFirst().span();

    assertThat(span).isEqualTo(new Span(6, 21, 1));
  }
}
