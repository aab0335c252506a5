package io.stepwise.protocol;

import io.stepwise.aws.Uuids;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import java.util.List;
import java.util.concurrent.Executor;
import tools.jackson.databind.JsonNode;

/**
 * What services have in common, whatever protocol they speak: the shape of the operation checks the
 * input, the operation answers, and what is refused is told in the protocol's words.
 */
abstract sealed class WireService implements AwsService
    permits JsonService, QueryService, RestService {
  private final String name;
  private final List<Operation> operations;
  private final Identity defaults;
  private final Failures failures;
  private final Executor blocking;
  private final Wire wire;

  WireService(
      String name,
      List<Operation> operations,
      Identity defaults,
      ErrorMapping mapping,
      Executor blocking,
      Wire wire) {
    this.name = name;
    this.operations = List.copyOf(operations);
    this.defaults = defaults;
    this.failures = new Failures(mapping);
    this.blocking = blocking;
    this.wire = wire;
  }

  /** What a request asks for. */
  record Asked(Operation operation, JsonNode input) {}

  /** Reads a request; throws an {@link AwsException} for what is none of this service's. */
  abstract Asked read(Request request);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final List<Operation> operations() {
    return operations;
  }

  @Override
  public final void handle(Request request, Responder responder) {
    var requestId = Uuids.random();
    try {
      var asked = read(request);
      asked.operation().input().check(asked.input());
      new Call(
              asked.operation(),
              request,
              asked.input(),
              Identity.of(request, defaults),
              requestId,
              wire,
              failures,
              responder)
          .run(blocking);
    } catch (RuntimeException e) {
      answer(failures.of(e, requestId), requestId, responder);
    }
  }

  @Override
  public final void refuse(Request head, Refusal refusal, Responder responder) {
    var requestId = Uuids.random();
    answer(CommonError.of(refusal, requestId), requestId, responder);
  }

  private void answer(AwsError error, String requestId, Responder responder) {
    responder.respond(
        error.status(),
        wire.contentType(),
        wire.errorHeaders(error, requestId),
        wire.error(error, requestId));
  }
}
