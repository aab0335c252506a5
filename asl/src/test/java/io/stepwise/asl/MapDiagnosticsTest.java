package io.stepwise.asl;

import static io.stepwise.asl.Definitions.errors;
import static io.stepwise.asl.Definitions.stateErrors;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.model.StateMachineType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapDiagnosticsTest {
  private static final String SCHEMA = "SCHEMA_VALIDATION_FAILED: ";
  private static final String STATES =
      "\"StartAt\":\"X\",\"States\":{\"X\":{\"Type\":\"Pass\",\"End\":true}}";

  private static String map(String config, String more) {
    return "{\"Type\":\"Map\",\"End\":true,\"ItemProcessor\":{\"ProcessorConfig\":%s,%s}%s}"
        .formatted(config, STATES, more);
  }

  private static String distributed(String more) {
    return map("{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"}", more);
  }

  @Test
  void needsOneProcessor() {
    assertThat(stateErrors("{\"Type\":\"Map\",\"End\":true}"))
        .containsExactly(
            SCHEMA
                + "This object should have only one of the following fields:"
                + " [ItemProcessor, Iterator] at /States/S");
  }

  @Test
  void executionTypeBelongsToDistributed() {
    assertThat(stateErrors(map("{\"Mode\":\"DISTRIBUTED\"}", "")))
        .containsExactly(
            SCHEMA
                + "These fields are required: [ExecutionType]"
                + " at /States/S/ItemProcessor/ProcessorConfig");
    assertThat(stateErrors(map("{\"Mode\":\"INLINE\",\"ExecutionType\":\"STANDARD\"}", "")))
        .containsExactly(
            SCHEMA
                + "Field 'ExecutionType' is not supported"
                + " at /States/S/ItemProcessor/ProcessorConfig");
  }

  @Test
  void expressMachinesHaveNoDistributedMap() {
    assertThat(stateErrors(distributed(""), StateMachineType.EXPRESS))
        .containsExactly(
            SCHEMA
                + "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS'"
                + " state machines at /States/S/ItemProcessor/ProcessorConfig/Mode");
  }

  @Test
  void expressChildrenWaitForNobody() {
    assertThat(
            stateErrors(
                """
                {"Type": "Map", "End": true, "ItemProcessor": {
                  "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                  "StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                    "Resource": "arn:aws:states:::ecs:runTask.sync"}}}}
                """))
        .containsExactly(
            SCHEMA
                + "Express state machine does not support '.sync' service integration"
                + " at /States/S/ItemProcessor/States/T/Resource");
  }

  @ParameterizedTest
  @CsvSource({
    "MaxConcurrency, -1, Minimum value is 0",
    "ToleratedFailureCount, -1, Minimum value is 0",
    "ToleratedFailurePercentage, -1, Minimum value is 0.0",
    "ToleratedFailurePercentage, 100.5, Maximum value is 100.0",
    "MaxConcurrencyPath, '\"$$.Execution.Input.n\"', Value is not a Reference Path",
    "ToleratedFailureCountPath, '\"$.a[*]\"', Value is not a Reference Path"
  })
  void numbersKeepTheirRanges(String field, String value, String message) {
    assertThat(stateErrors(distributed(",\"" + field + "\":" + value)))
        .containsExactly(SCHEMA + message + " at /States/S/" + field);
  }

  @Test
  void itemsPathMayLookAtTheContext() {
    assertThat(stateErrors(distributed(",\"ItemsPath\":\"$$.Execution.Input.items\""))).isEmpty();
  }

  @Test
  void readersHaveKnownSourcesAndTypes() {
    var reader =
        """
        ,"ItemReader": {"Resource": "arn:aws:states:::s3:putObject",
          "ReaderConfig": {"InputType": "CSV", "MaxItems": 100000001}}
        """;

    assertThat(stateErrors(distributed(reader)))
        .containsExactly(
            SCHEMA
                + "The field 'Resource' does not match any of the allowed values"
                + " at /States/S/ItemReader/Resource",
            SCHEMA
                + "The field 'CSVHeaderLocation' is required at /States/S/ItemReader/ReaderConfig",
            SCHEMA + "Maximum value is 100000000 at /States/S/ItemReader/ReaderConfig/MaxItems");
  }

  @Test
  void givenHeadersAreGiven() {
    var reader =
        """
        ,"ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
          "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "GIVEN"}}
        """;

    assertThat(stateErrors(distributed(reader)))
        .containsExactly(
            SCHEMA
                + "These fields are required: [CSVHeaders] at /States/S/ItemReader/ReaderConfig");
  }

  @Test
  void batchesAreBoundedAndWritersWrite() {
    assertThat(stateErrors(distributed(",\"ItemBatcher\":{\"BatchInput\":{}}"))).hasSize(1);
    assertThat(stateErrors(distributed(",\"ItemBatcher\":{\"MaxItemsPerBatch\":0}")))
        .containsExactly(SCHEMA + "Minimum value is 1 at /States/S/ItemBatcher/MaxItemsPerBatch");
    assertThat(stateErrors(distributed(",\"ResultWriter\":{}")))
        .containsExactly(SCHEMA + "Value cannot be empty at /States/S/ResultWriter");
  }

  @ParameterizedTest
  @CsvSource({
    "'', Label cannot be empty",
    "12345678901234567890123456789012345678901, Label cannot exceed 40 characters",
    "a[, Label contains invalid character: '['",
    "a b, Label contains invalid character: ' '",
    "a\\u0085, Label contains invalid character: '\\x85'",
    "a\\t, Label contains invalid character: '\\t'"
  })
  void labelsArePartsOfArns(String label, String message) {
    assertThat(stateErrors(distributed(",\"Label\":\"" + label + "\"")))
        .containsExactly("INVALID_LABEL_NAME: " + message + " at /States/S/Label");
  }

  @Test
  void labelsAreUnique() {
    var second = distributed(",\"Label\":\"L\"").replace("\"X\"", "\"Y\"");

    assertThat(
            errors(
                "{\"StartAt\":\"M\",\"States\":{\"M\":%s,\"N\":%s}}"
                    .formatted(
                        distributed(",\"Label\":\"L\"")
                            .replaceFirst("\"End\":true", "\"Next\":\"N\""),
                        second)))
        .containsExactly("DUPLICATE_LABEL_NAME: Duplicate Label name: L at /States/N/Label");
  }
}
