package io.stepwise.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.catalog.Catalog;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.engine.Limits;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.integration.Connectors;
import io.stepwise.integration.Mocks;
import io.stepwise.protocol.Identity;
import io.stepwise.protocol.JsonService;
import io.stepwise.runtime.dispatch.ActivityTasks;
import io.stepwise.runtime.dispatch.TaskCalls;
import io.stepwise.runtime.time.Clock;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.execution.ExecutionIndex;
import io.stepwise.storage.execution.ExecutionReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The whole API on a store in memory, called without a network; time stands still. */
public final class TestingApi {
  public static final String MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:";
  public static final String PASS =
      "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
  public static final String WAIT =
      "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}}}";

  /** Now. */
  public long nowMillis = 1_800_000_000_005L;

  public final InMemoryStorage storage = new InMemoryStorage();
  private final Clock clock =
      new Clock() {
        @Override
        public long nowMillis() {
          return nowMillis;
        }

        @Override
        public long nanosUntil(long dueMillis) {
          return 0;
        }
      };
  public final Catalog catalog = new Catalog(storage, clock::nowMillis);
  public final ExecutionReader store = new ExecutionReader(storage, catalog::revision);
  final TestingGateway gateway = new TestingGateway(storage, store, clock);

  /** What tasks of states under test are answered. */
  public ConnectorOutcome taskOutcome = new ConnectorOutcome.Success(Payload.ofTrustedText("{}"));

  /** The limits of states under test. */
  public Limits limits = Limits.AWS;

  private final JsonService handler =
      StatesService.on(backend(Runnable::run), new Identity("us-east-1", "123456789012"));

  /** What operations work with. */
  public Backend backend(Executor blocking) {
    var connector =
        new Connector() {
          @Override
          public boolean supports(String service, String action) {
            return service.equals("lambda");
          }

          @Override
          public CompletableFuture<ConnectorOutcome> invoke(ConnectorRequest request) {
            return CompletableFuture.completedFuture(taskOutcome);
          }
        };
    return new Backend(
        gateway,
        store,
        new ExecutionIndex(storage, store),
        catalog,
        clock,
        blocking,
        new TaskCalls(
            message -> {},
            catalog,
            new Connectors(List.of(connector)),
            new ActivityTasks(message -> {}, null)),
        limits,
        Mocks.NONE,
        arn -> !arn.endsWith(":missing"));
  }

  /** An answer as it came, or none yet. */
  public static final class Answer implements Responder {
    public int status;
    public Map<String, String> headers = Map.of();
    public @Nullable String contentType;
    public String text = "";
    @Nullable Runnable closeAction;

    @Override
    public void respond(
        int status, @Nullable String contentType, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.contentType = contentType;
      this.headers = headers;
      this.text = new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void onClose(Runnable action) {
      closeAction = action;
    }

    /** The body. */
    public JsonNode body() {
      return Json.parseTrusted(text);
    }

    /** Code and message of an error. */
    public String error() {
      assertThat(status).isGreaterThanOrEqualTo(400);
      var type = body().path("__type").asString();
      return type.substring(type.indexOf('#') + 1) + ": " + body().path("message").asString();
    }
  }

  /** Sends a body to a target. */
  public Answer send(@Nullable String target, Map<String, String> headers, String body) {
    var all = new HashMap<>(headers);
    if (target != null) {
      all.put("X-Amz-Target", target);
    }
    var answer = new Answer();
    handler.handle(Request.of("POST", "/", all, body.getBytes(StandardCharsets.UTF_8)), answer);
    return answer;
  }

  /** Calls an operation. */
  public Answer call(String operation, Object... namesAndValues) {
    var input = Json.nodes().objectNode();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      input.putPOJO((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return send("AWSStepFunctions." + operation, Map.of(), Json.print(input));
  }

  /** Calls an operation, which must succeed. */
  public JsonNode ok(String operation, Object... namesAndValues) {
    var answer = call(operation, namesAndValues);
    assertThat(answer.status).as(answer.text).isEqualTo(200);
    return answer.body();
  }

  /** Creates a state machine; returns its ARN. */
  public String create(String name, String definition, Object... more) {
    var all = new Object[6 + more.length];
    System.arraycopy(
        new Object[] {"name", name, "definition", definition, "roleArn", "arn:role"}, 0, all, 0, 6);
    System.arraycopy(more, 0, all, 6, more.length);
    return ok("CreateStateMachine", all).path("stateMachineArn").asString();
  }
}
