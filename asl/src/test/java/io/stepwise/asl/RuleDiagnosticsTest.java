package io.stepwise.asl;

import static io.stepwise.asl.Definitions.errors;
import static io.stepwise.asl.Definitions.stateErrors;
import static io.stepwise.asl.Definitions.stateWarnings;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of choices, of errors and of variables, and the warnings. */
class RuleDiagnosticsTest {
  private static final String SCHEMA = "SCHEMA_VALIDATION_FAILED: ";

  private static String choice(String rule) {
    return "{\"Type\":\"Choice\",\"Choices\":[" + rule + "]}";
  }

  private static String failing(String field, String entries) {
    return "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"End\":true,"
        + "\"%s\":[%s]}".formatted(field, entries);
  }

  @Test
  void choicesAreThere() {
    assertThat(stateErrors("{\"Type\":\"Choice\"}"))
        .containsExactly(SCHEMA + "These fields are required: [Choices] at /States/S");
    assertThat(stateErrors(choice("")))
        .containsExactly(SCHEMA + "Value cannot be empty at /States/S/Choices");
  }

  @Test
  void ruleNeedsNextAndOneKind() {
    assertThat(stateErrors(choice("{\"Variable\":\"$.x\",\"IsNull\":true}")))
        .containsExactly(SCHEMA + "These fields are required: [Next] at /States/S/Choices[0]");
    assertThat(stateErrors(choice("{\"Next\":\"S\"}")))
        .containsExactly(
            SCHEMA
                + "The object must have only one of the following fields, [And, Or, Not, Variable,"
                + " Condition] at /States/S/Choices[0]");
  }

  @Test
  void ruleHasOneOperator() {
    assertThat(
            stateErrors(
                choice(
                    "{\"Variable\":\"$.x\",\"IsNull\":true,\"StringEquals\":\"a\",\"Next\":\"S\"}")))
        .singleElement()
        .asString()
        .startsWith(SCHEMA + "There should only be one of the following fields: [StringEquals, ")
        .endsWith("] at /States/S/Choices[0]");
  }

  @Test
  void nestedRulesLeadNowhere() {
    assertThat(
            stateErrors(
                choice(
                    "{\"Next\":\"S\",\"Not\":{\"Variable\":\"$.x\",\"IsNull\":true,"
                        + "\"Next\":\"S\"}}")))
        .containsExactly(SCHEMA + "Field 'Next' is not supported at /States/S/Choices[0]/Not");
    assertThat(stateErrors(choice("{\"Next\":\"S\",\"And\":[]}")))
        .containsExactly(SCHEMA + "Value cannot be empty at /States/S/Choices[0]/And");
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, 1, Expected value of type String",
    "NumericEquals, '\"1\"', Expected value of type Number",
    "BooleanEquals, 1, Expected value of type Boolean",
    "IsPresent, '\"x\"', Expected value of type Boolean",
    "TimestampEquals, '\"today\"', String does not match RFC3339 timestamp",
    "StringEqualsPath, '\"x\"', "
        + "'Value is not a Reference Path: Reference path didn''t start with ''$'''"
  })
  void operandsSuitTheirOperator(String operator, String operand, String message) {
    assertThat(
            stateErrors(
                choice(
                    "{\"Variable\":\"$.x\",\"%s\":%s,\"Next\":\"S\"}"
                        .formatted(operator, operand))))
        .containsExactly(SCHEMA + message + " at /States/S/Choices[0]/" + operator);
  }

  @Test
  void variableIsAReferencePath() {
    assertThat(
            stateErrors(
                choice(
                    "{\"Variable\":\"States.ArrayLength($.a)\",\"NumericEquals\":0,"
                        + "\"Next\":\"S\"}")))
        .containsExactly(
            SCHEMA
                + "Value is not a Reference Path: Reference path didn't start with '$'"
                + " at /States/S/Choices[0]/Variable");
  }

  @Test
  void allErrorsStandAloneAtTheEnd() {
    var message =
        SCHEMA
            + "States.ALL must appear alone and at end of list"
            + " at /States/S/Retry[0]/ErrorEquals";

    assertThat(stateErrors(failing("Retry", "{\"ErrorEquals\":[\"States.ALL\",\"X\"]}")))
        .containsExactly(message);
    assertThat(
            stateErrors(
                failing("Retry", "{\"ErrorEquals\":[\"States.ALL\"]},{\"ErrorEquals\":[\"X\"]}")))
        .containsExactly(message);
  }

  @Test
  void entriesNameTheirErrors() {
    assertThat(stateErrors(failing("Catch", "{}")))
        .containsExactly(
            SCHEMA + "These fields are required: [ErrorEquals, Next] at /States/S/Catch[0]");
    assertThat(stateErrors(failing("Retry", "{\"ErrorEquals\":[]}")))
        .containsExactly(SCHEMA + "Value cannot be empty at /States/S/Retry[0]/ErrorEquals");
    assertThat(stateErrors(failing("Retry", ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "BackoffRate, 0.5, Minimum value is 1.0",
    "MaxAttempts, -1, Minimum value is 0",
    "MaxDelaySeconds, 31622401, Maximum value is 31622400",
    "JitterStrategy, '\"SOME\"', 'Value should be one of the following: [NONE, FULL]'"
  })
  void retriersKeepTheirRanges(String field, String value, String message) {
    assertThat(
            stateErrors(
                failing("Retry", "{\"ErrorEquals\":[\"X\"],\"%s\":%s}".formatted(field, value))))
        .containsExactly(SCHEMA + message + " at /States/S/Retry[0]/" + field);
  }

  @ParameterizedTest
  @CsvSource({
    "states, RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'.",
    "a.b, INVALID_VARIABLE_NAME: Invalid variable name 'a.b': the variable name contains invalid"
        + " characters.",
    "1a, INVALID_VARIABLE_NAME: Invalid variable name '1a': the variable name contains invalid"
        + " characters."
  })
  void variablesHaveNames(String name, String message) {
    assertThat(
            stateErrors("{\"Type\":\"Pass\",\"End\":true,\"Assign\":{\"%s\":1}}".formatted(name)))
        .containsExactly(message + " at /States/S/Assign/" + name);
  }

  @Test
  void innerGraphsDoNotAssignOuterVariables() {
    assertThat(
            errors(
                """
                {"StartAt": "A", "States": {
                  "A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "M"},
                  "M": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "B", "States": {
                    "B": {"Type": "Pass", "Assign": {"x.$": "$"}, "End": true}}}}}}
                """))
        .containsExactly(
            SCHEMA
                + "Variable 'x' is already assigned in an outer scope"
                + " at /States/M/ItemProcessor/States/B/Assign/x.$");
  }

  @Test
  void catcherMayAssignWhatItsBranchesAssigned() {
    assertThat(
            stateErrors(
                """
                {"Type": "Parallel", "End": true, "Assign": {"x": 2},
                 "Branches": [{"StartAt": "B", "States": {
                   "B": {"Type": "Pass", "Assign": {"x": 1}, "End": true}}}]}
                """))
        .isEmpty();
  }

  @Test
  void warnsOfTextThatLooksEvaluated() {
    assertThat(
            stateWarnings(
                "{\"Type\":\"Pass\",\"End\":true,\"Parameters\":{\"a\":{\"b\":\"$.x\"},\"c\":\"$9\"}}"))
        .containsExactly(
            "NO_DOLLAR: No .$ on a field that appears to be a JSONPath or Intrinsic Function."
                + " at /States/S/Parameters/a/b");
    assertThat(stateWarnings("{\"Type\":\"Pass\",\"End\":true,\"Result\":[\"$.x\"]}"))
        .containsExactly(
            "PASS_RESULT_IS_STATIC: Attempt to use a path in the result of a pass state."
                + " at /States/S/Result");
    assertThat(stateWarnings("{\"Type\":\"Fail\",\"Cause\":\"$.cause\"}"))
        .containsExactly(
            "NO_PATH: Field value looks like a path, but field name does not end with 'Path'."
                + " at /States/S/Cause");
  }
}
