package io.stepwise.api;

import io.stepwise.aws.Uuids;
import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.expression.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Step Functions API on the edge.
 *
 * <p>What the target names is looked up; the body is parsed once; the shape of the operation checks
 * it; the operation answers. Other APIs on the same port are the server's: it asks {@link #takes}.
 */
public final class ApiHandler implements Handler {
  private static final String TARGET = "X-Amz-Target";
  private static final String PREFIX = "AWSStepFunctions.";

  private final Map<String, Operation> operations = new HashMap<>();
  private final Identity defaults;
  private final Executor blocking;

  /**
   * With operations.
   *
   * @param defaults identity of requests that do not tell
   * @param blocking where operations that may block run
   */
  public ApiHandler(List<? extends Operation> operations, Identity defaults, Executor blocking) {
    for (var operation : operations) {
      this.operations.put(PREFIX + operation.name(), operation);
    }
    this.defaults = defaults;
    this.blocking = blocking;
  }

  /** Whether a request is for this API. */
  public boolean takes(Request request) {
    var target = request.header(TARGET);
    return target != null && target.startsWith(PREFIX);
  }

  @Override
  public void handle(Request request, Responder responder) {
    var requestId = Uuids.random();
    try {
      var target = request.header(TARGET);
      var operation = target == null ? null : operations.get(target);
      if (operation == null) {
        throw new ApiError.UnknownOperationException(
                target == null
                    ? "Expected a header X-Amz-Target that names an operation"
                    : "Unknown operation: " + target)
            .toException();
      }
      var input = read(request.body());
      operation.input().check(input);
      var call = new Call(request, input, Identity.of(request, defaults), requestId, responder);
      if (operation instanceof Operation.Blocking) {
        blocking.execute(() -> call.guard(() -> operation.run(call)));
      } else {
        operation.run(call);
      }
    } catch (RuntimeException e) {
      answer(Errors.of(e, requestId), requestId, responder);
    }
  }

  @Override
  public void refuse(Request head, Refusal refusal, Responder responder) {
    var requestId = Uuids.random();
    var error =
        switch (refusal) {
          case BODY_TOO_LARGE -> new ApiError.RequestEntityTooLarge(refusal.sentence());
          case MALFORMED -> new ApiError.SerializationException(refusal.sentence());
          case FAULT -> new ApiError.InternalFailure(requestId);
        };
    answer(error, requestId, responder);
  }

  private static void answer(ApiError error, String requestId, Responder responder) {
    responder.respond(
        error.status(),
        Call.CONTENT_TYPE,
        Map.of("x-amzn-RequestId", requestId),
        Errors.body(error));
  }

  private static JsonNode read(byte[] body) {
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
      throw new ApiError.SerializationException("The request body is not valid JSON").toException();
    }
    throw new ApiError.SerializationException("Expected the request body to be a JSON object")
        .toException();
  }

  /** A member that is null is not there; no operation has to know both. Lists keep their nulls. */
  private static void dropNulls(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      object.removeIf(JsonNode::isNull);
    }
    if (tree.isContainer()) {
      tree.forEach(ApiHandler::dropNulls);
    }
  }
}
