package io.stepwise.cli.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.model.StateMachineType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Exactly what docs/coverage.md calls "not yet" is warned of. */
final class NotYetTest {
  private static final Path COVERAGE = Path.of("..", "docs", "coverage.md");
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `(arn:aws:states:::(?!aws-sdk)[^`]+)` \\| (done|not yet) \\| ([^|]*) \\|");

  @Test
  void warnsOfTheIntegrationsThatAreNotDone() throws IOException {
    var rows = ROW.matcher(Files.readString(COVERAGE)).results().toList();
    assertThat(rows).hasSizeGreaterThan(50);

    for (var row : rows) {
      // A row of its own has the pattern that is not done.
      var pattern = row.group(3).startsWith("`") ? row.group(3).split("`", -1)[1] : "";
      var resource = row.group(1) + pattern;
      var found =
          warnings("{\"Type\": \"Task\", \"End\": true, \"Resource\": \"" + resource + "\"}");
      assertThat(found).as(row.group()).hasSize(row.group(2).equals("done") ? 0 : 1);
    }
    assertThat(
            warnings(
                "{\"Type\": \"Task\", \"End\": true, \"Resource\":"
                    + " \"arn:aws:states:::aws-sdk:s3:getObject\"}"))
        .isEmpty();
  }

  @Test
  void warnsOfReadersThatCannotReadAndOfResultWriter() throws IOException {
    assertThat(COVERAGE)
        .content()
        .containsPattern("not yet `PARQUET`, `MANIFEST`, `ManifestType`")
        .containsPattern("\\| ResultWriter \\|.* not yet \\|");

    assertThat(
            warnings(
                """
                {"Type": "Map", "End": true,
                 "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2",
                   "ReaderConfig": {"InputType": "PARQUET", "Transformation": "LOAD_AND_FLATTEN"},
                   "Parameters": {"Bucket": "b"}},
                 "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                   "Parameters": {"Bucket": "b", "Prefix": "p"}},
                 "ItemProcessor": {
                   "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                   "StartAt": "P", "States": {"P": {"Type": "Task", "End": true,
                     "Resource": "arn:aws:states:::http:invoke"}}}}"""))
        .hasSize(4)
        .allSatisfy(warning -> assertThat(warning).contains("AWS accepts this; Stepwise"));
  }

  @Test
  void warnsOfNoReaderThatReads() throws IOException {
    assertThat(
            warnings(
                """
                {"Type": "Map", "End": true,
                 "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                   "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
                   "Parameters": {"Bucket": "b", "Key": "k"}},
                 "ItemProcessor": {
                   "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                   "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}"""))
        .isEmpty();
  }

  private static List<String> warnings(String state) {
    var file =
        DefinitionFile.of(
            "f.json",
            "{\"StartAt\": \"S\", \"States\": {\"S\": " + state + "}}",
            StateMachineType.STANDARD);
    assertThat(file.validJson()).as(file.findings().toString()).isPresent();
    return file.findings().stream()
        .filter(finding -> finding.diagnostic().code().equals(NotYet.CODE))
        .map(finding -> finding.diagnostic().message())
        .toList();
  }
}
