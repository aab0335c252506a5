package io.stepwise.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.edge.Handler.Refusal;
import io.stepwise.edge.Request;
import io.stepwise.protocol.Identity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtocolTest {
  private final TestingApi api = new TestingApi();

  @Test
  void answersInAwsJsonWithARequestId() {
    var answer = api.call("ListStateMachines");

    assertThat(answer.status).isEqualTo(200);
    assertThat(answer.contentType).isEqualTo("application/x-amz-json-1.0");
    assertThat(answer.headers.get("x-amzn-RequestId")).hasSize(36);
    assertThat(answer.text).isEqualTo("{\"stateMachines\":[]}");
  }

  @Test
  void namesTheErrorInTheBody() {
    var answer = api.call("DescribeStateMachine", "stateMachineArn", TestingApi.MACHINE + "x");

    assertThat(answer.status).isEqualTo(400);
    assertThat(answer.body().path("__type").asString())
        .isEqualTo("com.amazonaws.swf.service.v2.model#StateMachineDoesNotExist");
    assertThat(answer.error())
        .isEqualTo(
            "StateMachineDoesNotExist: State Machine Does Not Exist: '"
                + TestingApi.MACHINE
                + "x'");
  }

  @Test
  void refusesOperationsItDoesNotKnow() {
    assertThat(api.send("AWSStepFunctions.Nope", Map.of(), "{}").error())
        .startsWith("UnknownOperationException");
    assertThat(api.send(null, Map.of(), "{}").error()).startsWith("UnknownOperationException");
  }

  @Test
  void refusesBodiesThatAreNoObject() {
    for (var body : List.of("{", "[]", "nope", "1", "{} {}")) {
      assertThat(api.send("AWSStepFunctions.ListActivities", Map.of(), body).error())
          .as(body)
          .startsWith("SerializationException");
    }
  }

  @Test
  void takesAnEmptyBodyForAnEmptyInput() {
    assertThat(api.send("AWSStepFunctions.ListActivities", Map.of(), "").status).isEqualTo(200);
  }

  @Test
  void refusesValuesOfAnotherType() {
    assertThat(api.call("ListActivities", "maxResults", "7").error())
        .isEqualTo("SerializationException: STRING_VALUE can not be converted to an Integer");
    assertThat(api.call("StartExecution", "stateMachineArn", 7).error())
        .isEqualTo("SerializationException: NUMBER_VALUE can not be converted to a String");
  }

  @Test
  void aFaultOfOursShowsNothingOfIt() {
    var arn = api.create("m", TestingApi.PASS);
    api.gateway.fault = new IllegalStateException("secret");
    var answer = api.call("StartExecution", "stateMachineArn", arn);

    assertThat(answer.status).isEqualTo(500);
    assertThat(answer.error()).startsWith("InternalFailure").doesNotContain("secret");
  }

  @Test
  void wordsTheRefusalsOfTheEdge() {
    var handler = StatesService.on(api.backend(Runnable::run), new Identity("r", "a"));
    var answer = new TestingApi.Answer();
    handler.refuse(Request.of("POST", "/", Map.of(), new byte[0]), Refusal.BODY_TOO_LARGE, answer);

    assertThat(answer.status).isEqualTo(413);
    assertThat(answer.error()).startsWith("RequestEntityTooLargeException");
  }

  @Test
  void readsRegionAndAccountOffTheCredentialScope() {
    var defaults = new Identity("us-east-1", "123456789012");

    assertThat(identity("AKIA/20260101/eu-west-1/states/aws4_request", defaults))
        .isEqualTo(new Identity("eu-west-1", "123456789012"));
    assertThat(identity("000000000042/20260101/us-east-1/states/aws4_request", defaults))
        .isEqualTo(new Identity("us-east-1", "000000000042"));
    assertThat(identity("AKIA/20260101/us-east-1/states/aws4_request", defaults))
        .isSameAs(defaults);
    assertThat(identity("AKIA", defaults)).isSameAs(defaults);
    assertThat(identity("AKIA/20260101/not:a:region/states/aws4_request", defaults))
        .isEqualTo(defaults);
  }

  private static Identity identity(String credential, Identity defaults) {
    return Identity.of(
        Request.of(
            "POST",
            "/",
            Map.of("Authorization", "AWS4-HMAC-SHA256 Credential=" + credential + ", Signature=x"),
            new byte[0]),
        defaults);
  }

  @Test
  void knowsEveryPartition() {
    assertThat(new Identity("cn-north-1", "1").location().activity("").text())
        .isEqualTo("arn:aws-cn:states:cn-north-1:1:activity:");
    assertThat(new Identity("us-gov-west-1", "1").location().activity("").text())
        .isEqualTo("arn:aws-us-gov:states:us-gov-west-1:1:activity:");
  }
}
