package io.stepwise.asl;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.model.StateMachineType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters that the operation of a service integration doesn't have. */
class IntegrationParametersTest {
  private static String problems(String resource, String parameters) {
    return problems(
        "\"Resource\":\"arn:aws:states:::" + resource + "\",\"Parameters\":" + parameters);
  }

  private static String problems(String fields) {
    var definition =
        "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\"," + fields + ",\"End\":true}}}";
    var found = new StringBuilder();
    for (var diagnostic :
        new DefinitionCompiler().compile(definition, StateMachineType.STANDARD).diagnostics()) {
      found.append(diagnostic.inline());
      if (diagnostic.suggestion() != null) {
        found.append(" (").append(diagnostic.suggestion()).append(")");
      }
      found.append(";");
    }
    return found.toString();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "lambda:invoke | {\"FunctionNme\":\"f\"} | FunctionNme (FunctionName)",
        "lambda:invoke | {\"functionName.$\":\"$.f\"} | functionName (FunctionName)",
        "sqs:sendMessage.waitForTaskToken | {\"QueueUrl\":\"q\",\"Body\":1} | Body",
        "states:startExecution.sync:2 | {\"Inputs\":{}} | Inputs (Input)",
        "dynamodb:getItem | {\"Key\":{\"a\":{\"SS\":[],\"St\":\"\"}}} | St",
        "aws-sdk:s3:getObject | {\"Buckett\":\"b\"} | Buckett (Bucket)",
        "sagemaker:createTrainingJob.sync | {\"InputDataConfig\":[{\"DataSource\":{\"S3DataSource\":{\"AtttributeNames\":[]}}}]} | AtttributeNames (AttributeNames)"
      })
  void areRefused(String resource, String parameters, String named) {
    var space = named.indexOf(' ');
    var name = space < 0 ? named : named.substring(0, space);

    assertThat(problems(resource, parameters))
        .isEqualTo(
            "SCHEMA_VALIDATION_FAILED: The field \""
                + name
                + "\" is not supported by Step Functions at /States/T/Parameters"
                + (space < 0 ? "" : named.substring(space))
                + ";");
  }

  @Test
  void ofDefinitionsStoredBeforeAreKept() {
    var definition =
        "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":"
            + "\"arn:aws:states:::sqs:sendMessage\",\"Parameters\":{\"x\":1},\"End\":true}}}";

    assertThat(
            new DefinitionCompiler()
                .compileStored(definition, StateMachineType.STANDARD)
                .definition())
        .isPresent();
  }

  @Test
  void areRefusedInArguments() {
    assertThat(
            problems(
                "\"QueryLanguage\":\"JSONata\",\"Resource\":\"arn:aws:states:::sns:publish\","
                    + "\"Arguments\":{\"Topic\":\"{% 1 %}\"}"))
        .startsWith(
            "SCHEMA_VALIDATION_FAILED: The field \"Topic\" is not supported by Step Functions")
        .contains("/States/T/Arguments");
  }

  /** Source: definitions of AWS's documentation and samples. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "lambda:invoke | {\"FunctionName\":\"f\",\"Payload\":{\"any\":{\"thing\":1}}}",
        "aws-sdk:rds:describeDBInstances | {\"DbInstanceIdentifier\":\"d\"}",
        "aws-sdk:dynamodb:putItem | {\"Item\":{\"a\":{\"Nul\":true,\"Bool\":true}}}",
        "dynamodb:putItem | {\"Item\":{\"a\":{\"NULL\":true,\"BOOL\":true}}}",
        "ecs:runTask.sync | {\"Cluster\":\"c\",\"Overrides\":{\"ContainerOverrides\":[{\"Name\":\"n\"}]}}",
        "sns:publish | {\"TopicArn\":\"t\",\"Message\":{\"any\":1}}",
        "events:putEvents | {\"Entries\":[{\"Detail\":{\"any\":1},\"DetailType\":\"d\"}]}",
        "eks:call | {\"ClusterName\":\"c\",\"Method\":\"GET\",\"Path\":\"/\"}",
        "elasticmapreduce:addStep.sync | {\"ClusterId\":\"c\",\"Step\":{}}",
        "http:invoke | {\"ApiEndpoint\":\"a\",\"Method\":\"GET\"}",
        "batch:submitJob | {\"JobName\":\"j\",\"Parameters\":{\"any\":\"x\"}}",
        "aws-sdk:qldb:thing | {\"Any\":1}"
      })
  void areAcceptedAsAwsSpellsThem(String resource, String parameters) {
    assertThat(problems(resource, parameters)).isEmpty();
  }
}
