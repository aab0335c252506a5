package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.cli.definition.DefinitionFile;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.expression.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stepwise validate} for people, programs and scanners. */
final class ValidateCommandTest {
  private static final String WRONG =
      "{\"StartAt\": \"A\", \"States\": {\n\t\"A\": {\"Type\": \"Pass\", \"Next\": \"B\"}}}";

  @TempDir private Path folder = Path.of("");

  @Test
  void showsTheLineAndMarksThePlace() throws IOException {
    var file = read("a.json", WRONG);

    var shown =
        ValidationReport.text(
            file, file.findings().getFirst(), new Terminal(System.out, false, false));

    assertThat(shown)
        .isEqualTo(
            file.name()
                + ":2:32: error: MISSING_TRANSITION_TARGET: Missing 'Next' target: B\n"
                + "    2 |     \"A\": {\"Type\": \"Pass\", \"Next\": \"B\"}}}\n"
                + "      |                                   ^~~\n");
  }

  @Test
  void coloursOnlyATerminal() throws IOException {
    var file = read("a.json", WRONG);
    var finding = file.findings().getFirst();

    assertThat(ValidationReport.text(file, finding, new Terminal(System.out, true, true)))
        .contains("\u001b[");
    assertThat(ValidationReport.text(file, finding, new Terminal(System.out, true, false)))
        .doesNotContain("\u001b[");
  }

  @Test
  void showsThePartOfALongLineThatMatters() throws IOException {
    var comment = "{\"Comment\": \"" + "x".repeat(500) + "\", \"StartAt\": \"A\", \"States\": {}}";
    var file = read("a.json", comment);

    var shown =
        ValidationReport.text(
            file, file.findings().getFirst(), new Terminal(System.out, false, false));

    assertThat(shown.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(160));
    assertThat(shown).contains("\"States\"");
  }

  @Test
  void writesSarifWithRegions() throws IOException {
    var file = read("a.json", WRONG);

    var result = ValidationReport.sarif(List.of(file)).path("runs").path(0).path("results").path(0);

    assertThat(result.path("ruleId").asString("")).isEqualTo("MISSING_TRANSITION_TARGET");
    var region = result.at("/locations/0/physicalLocation/region");
    assertThat(region.path("startLine").asInt(0)).isEqualTo(2);
    assertThat(region.path("startColumn").asInt(0)).isEqualTo(32);
    assertThat(region.path("endColumn").asInt(0)).isEqualTo(35);
  }

  @Test
  void whatStepwiseCanNotRunIsAWarningInEveryFormatAndNoError() throws IOException {
    var file =
        write(
            "eks.json",
            "{\"StartAt\": \"S\", \"States\": {\"S\": {\"Type\": \"Task\", \"End\": true,"
                + " \"Resource\": \"arn:aws:states:::eks:call\"}}}");

    var text = Invocation.of("validate", file.toString());
    var json = Json.parseTrusted(Invocation.of("validate", "--format", "json", "" + file).out());
    var sarif = Json.parseTrusted(Invocation.of("validate", "--format", "sarif", "" + file).out());

    assertThat(text.code()).isZero();
    assertThat(text.out())
        .contains(
            ": warning: STEPWISE_CANNOT_RUN_YET: AWS accepts this; Stepwise can't call"
                + " eks:call yet",
            "hint: answer it with run --mock FILE",
            ": valid\n");
    var diagnostic = json.at("/files/0/diagnostics/0");
    assertThat(json.at("/files/0/valid").asBoolean()).isTrue();
    assertThat(diagnostic.path("severity").asString("")).isEqualTo("WARNING");
    assertThat(diagnostic.path("hint").asString("")).startsWith("answer it with");
    assertThat(sarif.at("/runs/0/results/0/level").asString("")).isEqualTo("warning");
    assertThat(sarif.at("/runs/0/results/0/ruleId").asString(""))
        .isEqualTo("STEPWISE_CANNOT_RUN_YET");
  }

  @Test
  void aNumberThatJsonHasNotIsSaidInWords() throws IOException {
    var file = write("flow.yaml", "StartAt: A\nTimeoutSeconds: .inf\n");

    var shown = Invocation.of("validate", file.toString());

    assertThat(shown.code()).isEqualTo(1);
    assertThat(shown.out())
        .contains(
            "flow.yaml:2:17: error: INVALID_YAML: Expected a number as JSON has them, found .inf");
  }

  @Test
  void exitCodesTellValidFromWrongFromUnreadable() throws IOException {
    var right = write("right.json", WRONG.replace("\"Next\": \"B\"", "\"End\": true"));
    var wrong = write("wrong.json", WRONG);

    assertThat(validate(right)).isEqualTo(0);
    assertThat(validate(right, wrong)).isEqualTo(1);
    assertThat(validate(wrong, folder.resolve("missing.json"))).isEqualTo(2);
  }

  private DefinitionFile read(String name, String text) throws IOException {
    var file = write(name, text);
    return DefinitionFile.of(file.toString(), text, StateMachineType.STANDARD);
  }

  private static int validate(Path... files) {
    var arguments = new ArrayList<>(List.of("validate", "--format", "json"));
    for (var file : files) {
      arguments.add(file.toString());
    }
    return Main.execute(arguments.toArray(String[]::new));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
