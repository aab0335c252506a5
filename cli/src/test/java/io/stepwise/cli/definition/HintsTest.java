package io.stepwise.cli.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.model.StateMachineType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Problems say what was probably meant. */
final class HintsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'Paramters': {} | Parameters",
        "'TimeoutSecond': 3 | TimeoutSeconds",
        "'Resource': 'arn:aws:states:::sqs:sendMesage' | arn:aws:states:::sqs:sendMessage",
        "'Resource': 'arn:aws:states:::lamda:invoke' | arn:aws:states:::lambda:invoke",
        "'Next': 'Don' | Done",
        "'Type': 'Tsk' | Task",
        "'QueryLanguage': 'JSONPth' | JSONPath",
        "'Retry': [{'ErrorEqals': ['a'], 'ErrorEquals': ['a']}] | ErrorEquals",
        "'Parameters': {'a.$': 'States.Formt($)'} | States.Format",
      })
  void ofATask(String member, String meant) {
    var field = member.replaceFirst("'(\\w+)'.*", "$1");
    var state =
        "{'Type': 'Task', 'Resource': 'arn:aws:states:::sqs:sendMessage', 'Next': 'Done'"
            .replaceFirst("'" + field + "': '[^']*'(, )?", "");
    var definition =
        "{'StartAt': 'Work', 'States': {'Work': "
            + (state + ", " + member + "}").replace("{, ", "{").replace(", , ", ", ")
            + ", 'Done': {'Type': 'Succeed'}}}";

    assertThat(hints("f.json", definition.replace('\'', '"')))
        .contains("did you mean " + meant + "?");
  }

  @Test
  void ofAStateTypeAndAnOperator() {
    assertThat(hints("f.json", machine("{\"Type\": \"Succed\"}")))
        .contains("did you mean Succeed?");
    assertThat(
            hints(
                "f.json",
                machine(
                    "{\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"$.a\", \"NumericEqual\":"
                        + " 1, \"Next\": \"S\"}]}")))
        .contains("did you mean NumericEquals?");
  }

  @Test
  void ofACommaTooMany() {
    assertThat(hints("f.json", "{\"StartAt\": \"S\",\n \"States\": {},\n}"))
        .contains("remove the comma before this: nothing follows it");
    assertThat(hints("f.json", "{\"StartAt\": [\"S\", ]}"))
        .contains("remove the comma before this: nothing follows it");
  }

  @Test
  void ofTemplates() {
    var cloudFormation =
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  M:\n    Type: AWS::X\n";

    assertThat(hints("t.yaml", cloudFormation))
        .anySatisfy(hint -> assertThat(hint).contains("a template of CloudFormation or SAM"));
    assertThat(
            hints(
                "f.json",
                machine("{\"Type\": \"Task\", \"Resource\": \"${FnArn}\", \"End\": true}")))
        .anySatisfy(hint -> assertThat(hint).contains("when the template is deployed"));
  }

  private static String machine(String state) {
    return "{\"StartAt\": \"S\", \"States\": {\"S\": " + state + "}}";
  }

  private static List<String> hints(String name, String text) {
    return DefinitionFile.of(name, text, StateMachineType.STANDARD).findings().stream()
        .map(DefinitionFile.Finding::hint)
        .filter(Objects::nonNull)
        .toList();
  }
}
