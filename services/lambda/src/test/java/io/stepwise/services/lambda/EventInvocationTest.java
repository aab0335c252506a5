package io.stepwise.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.Json;
import io.stepwise.storage.InMemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asynchronous calls are made, repeated and told of as AWS does. */
final class EventInvocationTest {
  private static final Map<String, String> EVENT = Map.of("X-Amz-Invocation-Type", "Event");
  private static final long MINUTE = 60_000;

  @TempDir private Path folder = Path.of("");
  private final InMemoryStorage storage = new InMemoryStorage();
  private LambdaApi api;

  @BeforeEach
  void open() {
    api = new LambdaApi(folder, storage);
  }

  @AfterEach
  void close() {
    api.close();
  }

  /** A function that writes each of its events into a file, and fails where the event says so. */
  private void create(String name) throws Exception {
    var file = Json.print(Json.nodes().stringNode(folder.resolve(name + ".calls").toString()));
    var created =
        api.create(
            name,
            "import json\n"
                + "def h(event, context):\n"
                + "  with open("
                + file
                + ", 'a') as out:\n"
                + "    out.write(context.aws_request_id + ' ' + json.dumps(event) + '\\n')\n"
                + "  if event.get('fail'):\n"
                + "    raise ValueError('no')\n"
                + "  return {'done': 1}\n",
            ",\"Timeout\":30");
    assertThat(created.status()).isEqualTo(201);
  }

  private LambdaApi.Answer invoke(String name, String payload) throws Exception {
    return api.ask("POST", "/2015-03-31/functions/" + name + "/invocations", payload, EVENT);
  }

  private LambdaApi.Answer configure(String name, String config) throws Exception {
    return api.ask(
        "PUT", "/2019-09-25/functions/" + name + "/event-invoke-config", config.replace('\'', '"'));
  }

  private List<String> calls(String name) throws IOException {
    var file = folder.resolve(name + ".calls");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** The calls of a function, once there are so many; fails where they do not come. */
  private List<String> awaitCalls(String name, int count) throws IOException {
    var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (calls(name).size() < count && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(calls(name)).hasSize(count);
    return calls(name);
  }

  private void awaitNothingWaits() {
    var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (api.lambda.eventsWaiting() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(api.lambda.eventsWaiting()).isZero();
  }

  @Test
  void aCallIsAcceptedAtOnceAndMadeLater() throws Exception {
    create("f");

    var answer = invoke("f", "{\"a\":1}");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers()).doesNotContainKey("X-Amz-Executed-Version");
    assertThat(calls("f")).isEmpty();
    api.lambda.start();

    var requestId = answer.headers().get("x-amzn-RequestId");
    assertThat(awaitCalls("f", 1)).containsExactly(requestId + " {\"a\": 1}");
    awaitNothingWaits();
  }

  @Test
  void whatWasAcceptedIsMadeAfterARestart() throws Exception {
    create("f");
    invoke("f", "{}");
    api.close();
    api = new LambdaApi(folder, storage);

    api.lambda.start();

    awaitCalls("f", 1);
    awaitNothingWaits();
    api.close();
    api = new LambdaApi(folder, storage);
    assertThat(api.lambda.eventsWaiting()).isZero();
  }

  @Test
  void anErrorIsRepeatedAfterOneAndTwoMinutesAndThenTold() throws Exception {
    create("f");
    create("told");
    assertThat(
            configure(
                    "f",
                    "{'DestinationConfig':{'OnFailure':{'Destination':"
                        + "'arn:aws:lambda:us-east-1:123456789012:function:told'}}}")
                .status())
        .isEqualTo(200);
    api.lambda.start();
    invoke("f", "{\"fail\":true}");
    awaitCalls("f", 1);
    awaitStored(1, 0);

    api.now.addAndGet(MINUTE);
    awaitCalls("f", 2);
    awaitStored(2, 0);
    api.now.addAndGet(2 * MINUTE);

    var ids = awaitCalls("f", 3).stream().map(line -> line.substring(0, 36)).distinct();
    assertThat(ids).as("one request").hasSize(1);
    var told = Json.parse(awaitCalls("told", 1).getFirst().substring(37));
    awaitNothingWaits();
    assertThat(told.path("requestContext").path("condition").asString(""))
        .isEqualTo("RetriesExhausted");
    assertThat(told.path("requestContext").path("approximateInvokeCount").asInt()).isEqualTo(3);
    assertThat(told.path("requestContext").path("functionArn").asString(""))
        .isEqualTo("arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST");
    assertThat(told.path("responseContext").path("functionError").asString(""))
        .isEqualTo("Unhandled");
    assertThat(told.path("responsePayload").path("errorType").asString("")).isEqualTo("ValueError");
    assertThat(Json.print(told.path("requestPayload"))).isEqualTo("{\"fail\":true}");
  }

  /** Waits until the only row says that many errors and refusals. */
  private void awaitStored(int errors, int refusals) {
    var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end) {
      var rows = new int[2];
      storage.scan(
          new byte[] {'V'},
          new byte[] {'W'},
          (key, row) -> {
            rows[0] = QueuedEvent.read(row).errors();
            rows[1] = QueuedEvent.read(row).refusals();
            return true;
          });
      if (rows[0] == errors && rows[1] == refusals) {
        return;
      }
    }
    throw new AssertionError("Expected " + errors + " errors and " + refusals + " refusals");
  }

  @Test
  void aSuccessIsToldWithItsPayload() throws Exception {
    create("f");
    create("told");
    configure(
        "f",
        "{'MaximumRetryAttempts':0,'DestinationConfig':{'OnSuccess':{'Destination':"
            + "'arn:aws:lambda:us-east-1:123456789012:function:told'}}}");
    api.lambda.start();
    invoke("f", "{\"a\":1}");

    var told = Json.parse(awaitCalls("told", 1).getFirst().substring(37));
    assertThat(told.path("requestContext").path("condition").asString("")).isEqualTo("Success");
    assertThat(told.path("requestContext").path("approximateInvokeCount").asInt()).isEqualTo(1);
    assertThat(Json.print(told.path("responsePayload"))).isEqualTo("{\"done\":1}");
    assertThat(told.path("responseContext").path("executedVersion").asString(""))
        .isEqualTo("$LATEST");
  }

  @Test
  void nothingIsRepeatedWhereNothingIsToBe() throws Exception {
    create("f");
    configure("f", "{'MaximumRetryAttempts':0}");
    api.lambda.start();
    invoke("f", "{\"fail\":true}");

    awaitCalls("f", 1);
    awaitNothingWaits();
  }

  @Test
  void whatIsTooOldIsToldAndNotCalled() throws Exception {
    create("f");
    create("told");
    configure(
        "f",
        "{'MaximumEventAgeInSeconds':60,'DestinationConfig':{'OnFailure':{'Destination':"
            + "'arn:aws:lambda:us-east-1:123456789012:function:told'}}}");
    invoke("f", "{}");
    api.now.addAndGet(2 * MINUTE);
    api.lambda.start();

    var told = Json.parse(awaitCalls("told", 1).getFirst().substring(37));
    assertThat(told.path("requestContext").path("condition").asString(""))
        .isEqualTo("EventAgeExceeded");
    assertThat(told.path("requestContext").path("approximateInvokeCount").asInt()).isZero();
    assertThat(told.has("responseContext")).isFalse();
    assertThat(calls("f")).isEmpty();
  }

  @Test
  void settingsAreKeptShownAndRemoved() throws Exception {
    create("f");
    var path = "/2019-09-25/functions/f/event-invoke-config";
    assertThat(api.ask("GET", path, "").error())
        .isEqualTo(
            "ResourceNotFoundException: The function"
                + " arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST doesn't have an"
                + " EventInvokeConfig");

    var set = configure("f", "{'MaximumRetryAttempts':1}").json();
    assertThat(set.path("FunctionArn").asString("")).endsWith(":f:$LATEST");
    assertThat(set.path("LastModified").isNumber()).isTrue();
    assertThat(Json.print(set.path("DestinationConfig")))
        .isEqualTo("{\"OnSuccess\":{},\"OnFailure\":{}}");
    var updated = api.ask("POST", path, "{\"MaximumEventAgeInSeconds\":60}").json();
    assertThat(updated.path("MaximumRetryAttempts").asInt()).isEqualTo(1);
    assertThat(api.ask("GET", path + "/list", "").json().path("FunctionEventInvokeConfigs"))
        .hasSize(1);
    assertThat(api.ask("DELETE", path, "").status()).isEqualTo(204);
    assertThat(api.ask("DELETE", path, "").status()).isEqualTo(404);
  }

  @Test
  void whatCanNotBeToldIsRefusedByName() throws Exception {
    create("f");

    assertThat(
            configure(
                    "f",
                    "{'DestinationConfig':{'OnFailure':{'Destination':"
                        + "'arn:aws:sqs:us-east-1:123456789012:q'}}}")
                .error())
        .isEqualTo(
            "InvalidParameterValueException: Stepwise does not support destinations of sqs yet.");
    assertThat(
            configure(
                    "f",
                    "{'DestinationConfig':{'OnSuccess':{'Destination':"
                        + "'arn:aws:lambda:us-east-1:123456789012:function:f'}}}")
                .error())
        .contains("destination for itself");
    assertThat(configure("f", "{}").error())
        .isEqualTo(
            "InvalidParameterValueException: You must specify at least one of error handling or"
                + " destination setting.");
    assertThat(invoke("f", "\"" + "x".repeat(1_048_576) + "\"").error())
        .startsWith(
            "RequestEntityTooLargeException: 1048578 byte payload is too large for the Event"
                + " invocation type (limit 1048576 bytes)");
    assertThat(invoke("nobody", "{}").status()).isEqualTo(404);
  }
}
