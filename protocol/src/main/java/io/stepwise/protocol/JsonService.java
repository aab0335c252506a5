package io.stepwise.protocol;

import io.stepwise.edge.Request;
import io.stepwise.expression.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A service in AWS's JSON protocol: what the target names is looked up; the body is parsed once;
 * the shape of the operation checks it; the operation answers. Source: Smithy, "AWS JSON 1.0
 * protocol".
 */
public final class JsonService extends WireService {
  private static final String TARGET = "X-Amz-Target";

  private final Dialect dialect;
  private final Map<String, Operation> byTarget = new HashMap<>();

  /**
   * How a service speaks JSON.
   *
   * @param name what credential scopes call the service
   * @param targetPrefix what {@code X-Amz-Target} says before the operation, with its dot
   * @param contentType e.g. {@code application/x-amz-json-1.0}
   * @param errorPrefix what stands before the name of an error in {@code __type}
   */
  public record Dialect(String name, String targetPrefix, String contentType, String errorPrefix) {}

  /**
   * With operations.
   *
   * @param defaults identity of requests that do not tell
   * @param mapping what to tell of exceptions
   * @param blocking where operations that may block run
   */
  public JsonService(
      Dialect dialect,
      List<Operation> operations,
      Identity defaults,
      ErrorMapping mapping,
      Executor blocking) {
    super(dialect.name(), operations, defaults, mapping, blocking, new JsonWire(dialect));
    this.dialect = dialect;
    for (var operation : operations) {
      byTarget.put(dialect.targetPrefix() + operation.name(), operation);
    }
  }

  @Override
  public boolean takes(Request request) {
    var target = request.header(TARGET);
    return target != null && target.startsWith(dialect.targetPrefix());
  }

  @Override
  public String action(Request request) {
    var target = request.header(TARGET);
    var operation = target == null ? null : byTarget.get(target);
    return operation == null ? "Unknown" : operation.name();
  }

  @Override
  Asked read(Request request) {
    var target = request.header(TARGET);
    var operation = target == null ? null : byTarget.get(target);
    if (operation == null) {
      throw new CommonError.UnknownOperationException(
              target == null
                  ? "Expected a header X-Amz-Target that names an operation"
                  : "Unknown operation: " + target)
          .toException();
    }
    return new Asked(operation, body(request));
  }

  private static JsonNode body(Request request) {
    var body = request.body();
    if (body.length == 0) {
      return Json.nodes().objectNode();
    }
    try {
      var tree = Json.mapper().readTree(body);
      if (tree.isObject()) {
        dropNulls(tree);
        return tree;
      }
    } catch (JacksonException e) {
      throw new CommonError.SerializationException("The request body is not valid JSON")
          .toException();
    }
    throw new CommonError.SerializationException("Expected the request body to be a JSON object")
        .toException();
  }

  /** A member that is null is not there; no operation has to know both. Lists keep their nulls. */
  private static void dropNulls(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      object.removeIf(JsonNode::isNull);
    }
    if (tree.isContainer()) {
      tree.forEach(JsonService::dropNulls);
    }
  }

  private record JsonWire(Dialect dialect) implements Wire {
    @Override
    public String contentType() {
      return dialect.contentType();
    }

    @Override
    public byte[] output(String operation, byte[] json, String requestId) {
      return json;
    }

    @Override
    public byte[] output(String operation, JsonNode output, String requestId) {
      return Json.printUtf8(output);
    }

    @Override
    public byte[] error(AwsError error, String requestId) {
      var body = Json.nodes().objectNode();
      body.put("__type", dialect.errorPrefix() + error.code());
      body.put("message", error.message());
      error.members().forEach(body::put);
      return Json.printUtf8(body);
    }
  }
}
