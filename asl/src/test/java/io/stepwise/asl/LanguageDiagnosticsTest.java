package io.stepwise.asl;

import static io.stepwise.asl.Definitions.errors;
import static io.stepwise.asl.Definitions.stateErrors;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageDiagnosticsTest {
  private static final String SCHEMA = "SCHEMA_VALIDATION_FAILED: ";

  @Test
  void jsonataMachineHasNoJsonPathState() {
    assertThat(
            errors(
                """
                {"QueryLanguage": "JSONata", "StartAt": "P", "States": {
                  "P": {"Type": "Pass", "QueryLanguage": "JSONPath", "End": true}}}
                """))
        .containsExactly(
            SCHEMA
                + "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state"
                + " machine at /States/P");
  }

  @ParameterizedTest
  @CsvSource({
    "JSONPath, Output, JSONata",
    "JSONata, InputPath, JSONPath",
    "JSONata, Result, JSONPath"
  })
  void refusesFieldsOfTheOtherLanguage(String language, String field, String other) {
    assertThat(
            stateErrors(
                "{\"Type\":\"Pass\",\"QueryLanguage\":\"%s\",\"%s\":\"$\",\"End\":true}"
                    .formatted(language, field)))
        .containsExactly(
            SCHEMA
                + "The QueryLanguage is set to '%s', but field '%s' is only supported for the '%s'"
                    .formatted(language, field, other)
                + " QueryLanguage at /States/S");
  }

  @Test
  void unknownLanguageCountsAsJsonata() {
    assertThat(
            stateErrors(
                "{\"Type\":\"Pass\",\"QueryLanguage\":\"jsonpath\",\"InputPath\":\"$\",\"End\":true}"))
        .containsExactly(
            SCHEMA
                + "The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported"
                + " for the 'JSONPath' QueryLanguage at /States/S",
            SCHEMA
                + "Value should be one of the following: [JSONPath, JSONata]"
                + " at /States/S/QueryLanguage");
  }

  @Test
  void innerStatesInheritTheLanguageOfTheMachine() {
    assertThat(
            stateErrors(
                """
                {"Type": "Map", "QueryLanguage": "JSONata", "End": true, "ItemProcessor": {
                  "StartAt": "P", "States": {"P": {"Type": "Pass", "Output": 1, "End": true}}}}
                """))
        .containsExactly(
            SCHEMA
                + "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for"
                + " the 'JSONata' QueryLanguage at /States/S/ItemProcessor/States/P");
  }

  @Test
  void locatesJsonataThatDoesNotParse() {
    assertThat(
            stateErrors(
                """
                {"Type": "Pass", "QueryLanguage": "JSONata", "End": true,
                 "Output": {"v": "{% 1 + %}"}}
                """))
        .containsExactly(
            "INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/S/Output/v");
  }

  @Test
  void locatesNamesWithoutRoot() {
    assertThat(
            stateErrors(
                """
                {"Type": "Pass", "QueryLanguage": "JSONata", "End": true,
                 "Output": {"v": "{% phone %}"}}
                """))
        .containsExactly(
            "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not"
                + " supported. at /States/S/Output/v");
  }

  @Test
  void resultAndErrorExistOnlyWhereThereIsOne() {
    assertThat(
            stateErrors(
                """
                {"Type": "Pass", "QueryLanguage": "JSONata", "End": true,
                 "Output": "{% $states.result %}"}
                """))
        .singleElement()
        .asString()
        .startsWith("UNSUPPORTED_JSONATA_EXPRESSION")
        .endsWith("at /States/S/Output");
    assertThat(
            stateErrors(
                """
                {"Type": "Task", "QueryLanguage": "JSONata", "End": true,
                 "Resource": "arn:aws:states:::lambda:invoke", "Output": "{% $states.result %}",
                 "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "S",
                            "Output": "{% $states.errorOutput %}"}]}
                """))
        .isEmpty();
  }
}
