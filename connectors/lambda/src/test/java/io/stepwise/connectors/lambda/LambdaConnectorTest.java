package io.stepwise.connectors.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.edge.HttpClient;
import io.stepwise.expression.Payload;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a task's input holds, an endpoint sees one well-formed Invoke or nothing. */
class LambdaConnectorTest {
  private static final String FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:f";

  private final HttpClient http = new HttpClient();
  private ServerSocket endpoint = listen();

  private static ServerSocket listen() {
    try {
      var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      socket.setSoTimeout(10_000);
      return socket;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  @AfterEach
  void nothingIsLeftWaiting() throws IOException {
    endpoint.close();
    endpoint = listen();
  }

  private ConnectorOutcome invoke(String parameters) throws Exception {
    return call("arn:aws:states:::lambda:invoke", "lambda", "invoke", parameters);
  }

  private ConnectorOutcome call(String resource, String service, String action, String parameters)
      throws Exception {
    var uri = URI.create("http://127.0.0.1:" + endpoint.getLocalPort());
    var request =
        new ConnectorRequest(
            resource,
            service,
            action,
            IntegrationPattern.REQUEST_RESPONSE,
            Payload.ofTrustedText(parameters),
            Optional.empty(),
            Optional.empty(),
            AwsLocation.of("us-east-1", "123456789012"),
            "id");
    return new LambdaConnector(new LambdaEndpoint(Optional.of(uri), http))
        .invoke(request)
        .get(10, TimeUnit.SECONDS);
  }

  private void nobodyCalled() throws IOException {
    endpoint.setSoTimeout(1);
    try (var called = endpoint.accept()) {
      throw new AssertionError("Expected no connection, got " + called);
    } catch (java.net.SocketTimeoutException e) {
      // as it should be
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\\r\\nX-Evil: yes",
        "x\\r\\nContent-Length: 0\\r\\n\\r\\nGET /smuggled HTTP/1.1\\r\\nX: y",
        "no base64"
      })
  void aClientContextThatIsNoneIsRefusedAsLambdaDoes(String context) throws Exception {
    var outcome = invoke("{\"FunctionName\":\"f\",\"ClientContext\":\"" + context + "\"}");

    assertThat(outcome)
        .isEqualTo(
            new ConnectorOutcome.Failure(
                "Lambda.InvalidRequestContentException",
                "Client context must be a valid Base64-encoded JSON object. (Service: AWSLambda;"
                    + " Status Code: 400; Error Code: InvalidRequestContentException; Request ID:"
                    + " ; Proxy: null)"));
    nobodyCalled();
  }

  @Test
  void anEndpointThatHangsUpIsToldInWords() throws Exception {
    var hangsUp =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var called = endpoint.accept()) {
                    called.getInputStream().read();
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });

    var outcome = invoke("{\"FunctionName\":\"f\"}");
    hangsUp.join();

    assertThat(((ConnectorOutcome.Failure) outcome).error()).isEqualTo("Lambda.SdkClientException");
    assertThat(((ConnectorOutcome.Failure) outcome).cause())
        .startsWith("Unable to execute HTTP request: ")
        .doesNotContain("java.");
  }

  @ParameterizedTest
  @CsvSource({"InvocationType, invocationType", "LogType, logType"})
  void anUnknownWordIsRefusedAsLambdaDoes(String field, String member) throws Exception {
    var outcome = invoke("{\"FunctionName\":\"f\",\"" + field + "\":\"Event\\r\\nX-Evil: yes\"}");

    assertThat(((ConnectorOutcome.Failure) outcome).error())
        .isEqualTo("Lambda.ValidationException");
    assertThat(((ConnectorOutcome.Failure) outcome).cause())
        .startsWith(
            "1 validation error detected: Value 'Event\r\nX-Evil: yes' at '"
                + member
                + "' failed to satisfy constraint: Member must satisfy enum value set: [");
    nobodyCalled();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "a/../b", "a b", "a\\r\\nb", "a?b", "f:a b", ""})
  void aNameThatIsNoneIsRefused(String name) throws Exception {
    var outcome = invoke("{\"FunctionName\":\"" + name + "\"}");

    assertThat(outcome).isInstanceOf(ConnectorOutcome.Failure.class);
    nobodyCalled();
  }

  @Test
  void aLongNameThatIsNoneIsRefusedInTheTimeOfItsLength() throws Exception {
    var outcome = invoke("{\"FunctionName\":\"" + "a".repeat(250_000) + "!\"}");

    assertThat(((ConnectorOutcome.Failure) outcome).error())
        .isEqualTo("Lambda.ValidationException");
    nobodyCalled();
  }

  /** Source: recorded; 24 of 24. */
  @Test
  void theCauseIsThePayloadItselfWhereTheFunctionIsNamedAndCompactWhereItIsInvoked()
      throws Exception {
    var payload = "{\"errorMessage\": \"no\", \"errorType\": \"E\", \"stackTrace\": []}";

    var named = answering(payload, FUNCTION_ARN, "lambda", "function", "{}");
    var invoked =
        answering(
            payload,
            "arn:aws:states:::lambda:invoke",
            "lambda",
            "invoke",
            "{\"FunctionName\":\"f\"}");

    assertThat(named).isEqualTo(new ConnectorOutcome.Failure("E", payload));
    assertThat(invoked)
        .isEqualTo(
            new ConnectorOutcome.Failure(
                "E", "{\"errorMessage\":\"no\",\"errorType\":\"E\",\"stackTrace\":[]}"));
  }

  /** The outcome where the function fails with that payload. */
  private ConnectorOutcome answering(
      String payload, String resource, String service, String action, String parameters)
      throws Exception {
    var server =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var socket = endpoint.accept()) {
                    socket.getInputStream().read(new byte[4_096]);
                    var answer =
                        "HTTP/1.1 200 OK\r\nX-Amz-Function-Error: Unhandled\r\nContent-Length: "
                            + payload.length()
                            + "\r\n\r\n"
                            + payload;
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    var outcome = call(resource, service, action, parameters);
    server.join();
    return outcome;
  }

  @Test
  void aGoodCallIsOneRequest() throws Exception {
    var server =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var socket = endpoint.accept()) {
                    var buffer = new byte[4_096];
                    var length = socket.getInputStream().read(buffer);
                    var body =
                        new String(buffer, 0, length, StandardCharsets.UTF_8).lines().findFirst();
                    var answer = "\"" + body.orElseThrow() + "\"";
                    socket
                        .getOutputStream()
                        .write(
                            ("HTTP/1.1 200 OK\r\nContent-Length: "
                                    + answer.length()
                                    + "\r\n\r\n"
                                    + answer)
                                .getBytes(StandardCharsets.UTF_8));
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });

    var outcome =
        invoke(
            "{\"FunctionName\":\"my-function.v2:live\",\"ClientContext\":\"e30=\",\"LogType\":\"Tail\"}");
    server.join();

    assertThat(((ConnectorOutcome.Success) outcome).output().tree().path("Payload").asString(""))
        .isEqualTo("POST /2015-03-31/functions/my-function.v2/invocations?Qualifier=live HTTP/1.1");
  }
}
