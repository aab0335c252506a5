package io.stepwise.asl;

import static io.stepwise.asl.Definitions.compile;
import static io.stepwise.asl.Definitions.errors;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DefinitionSyntaxTest {

  @Test
  void namesNoClassWhereSomethingFollows() {
    assertThat(compile("{} {}").diagnostics().getFirst().message())
        .startsWith(
            "Trailing token (`JsonToken.START_OBJECT`) found after value (bound as `JsonNode`)");
  }

  @Test
  void tellsWhereTextIsNotJson() {
    var diagnostic = compile("not a definition").diagnostics().getFirst();

    assertThat(diagnostic.code()).isEqualTo("INVALID_JSON_DESCRIPTION");
    assertThat(diagnostic.location())
        .isEqualTo("[Source: (String)\"not a definition\"; line: 1, column: 4]");
    assertThat(diagnostic.message())
        .isEqualTo(
            "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token"
                + " 'null', 'true' or 'false')\n"
                + " at [Source: (String)\"not a definition\"; line: 1, column: 4]");
  }

  @Test
  void saysFieldWhereItsParserSaysProperty() {
    assertThat(compile("{'a':1}").diagnostics().getFirst().message())
        .isEqualTo(
            "Unexpected character (''' (code 39)): was expecting double-quote to start field name\n"
                + " at [Source: (String)\"{'a':1}\"; line: 1, column: 3]");
  }

  @Test
  void tellsWhereAnOpenObjectBegan() {
    assertThat(compile("{\"a\":\n {\"b\":1").diagnostics().getFirst().message())
        .startsWith("Unexpected end-of-input: expected close marker for Object (start marker at [")
        .contains("; line: 2, column: 2])");
  }

  @Test
  void refusesKeysThatAreThereTwice() {
    assertThat(compile("{\"a\":1,\"a\":2}").diagnostics().getFirst().message())
        .startsWith("Duplicate field 'a'");
  }

  @Test
  void showsTheStartOfLongTextOnly() {
    var text = "{".repeat(1) + " ".repeat(600) + "x";

    assertThat(compile(text).diagnostics().getFirst().location())
        .contains("\"[truncated 102 chars]; line: 1, column:");
  }

  @Test
  void wantsAnObject() {
    assertThat(errors(" "))
        .containsExactly(
            "SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at null");
    assertThat(errors("[]")).isEqualTo(errors(" "));
    assertThat(errors("null")).isEqualTo(errors(" "));
  }

  @Test
  void refusesTextThatIsTooLongOrTooDeep() {
    assertThat(errors("{\"Comment\":\"" + "a".repeat(1 << 20) + "\"}"))
        .singleElement()
        .asString()
        .startsWith("SCHEMA_VALIDATION_FAILED");
    assertThat(errors("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}"))
        .containsExactly("TOO_DEEPLY_NESTED: The states are too deeply nested at null");
  }

  @Test
  void namesMissingFieldsOfTheMachineTogether() {
    assertThat(errors("{}"))
        .containsExactly(
            "SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /");
    assertThat(errors("{\"StartAt\": \"A\"}"))
        .containsExactly("SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /");
  }

  @Test
  void refusesUnknownFieldsVersionsAndEmptyStates() {
    assertThat(errors("{\"StartAt\":\"A\",\"States\":{},\"Version\":\"2.0\",\"_note\":1}"))
        .containsExactly(
            "SCHEMA_VALIDATION_FAILED: Field '_note' is not supported at /",
            "SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States",
            "SCHEMA_VALIDATION_FAILED: Value should be one of the following: [1.0] at /Version");
  }
}
