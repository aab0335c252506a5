package io.stepwise.services.states.execution;

import io.stepwise.engine.history.HistoryWriter;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Page;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Executions;
import java.io.ByteArrayOutputStream;

/**
 * GetExecutionHistory: events are printed as they are read, never collected.
 *
 * <p>Limits: a page ends early once it is longer than {@value #PAGE_BYTES_MAX} bytes.
 */
public final class GetExecutionHistoryOperation {
  private static final int PAGE_BYTES_MAX = 8 << 20;
  private static final Shape INPUT =
      Shape.of(
          Member.text("executionArn", 1, 256).required(),
          Page.members()[0],
          Member.flag("reverseOrder"),
          Page.members()[1],
          Member.flag("includeExecutionData"));

  private final Backend backend;

  private GetExecutionHistoryOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "GetExecutionHistory", INPUT, new GetExecutionHistoryOperation(backend)::run);
  }

  private void run(Call call) {
    var id = Executions.find(backend, call.text("executionArn"));
    var page = Page.of(call, backend.clock().nowMillis());
    var backwards = call.flag("reverseOrder", false);
    var from = page.isFirst() ? (backwards ? Long.MAX_VALUE - 1 : 1) : eventId(page.cursor());
    var body = new ByteArrayOutputStream(16 << 10);
    try (var out = HistoryWriter.generator(body)) {
      var writer = new HistoryWriter(out, call.flag("includeExecutionData", true));
      var left = new int[] {page.limit()};
      var next = new long[] {0};
      out.writeStartObject();
      out.writeName("events");
      out.writeStartArray();
      backend
          .executions()
          .history(
              id,
              from,
              backwards,
              event -> {
                if (left[0] == 0 || body.size() > PAGE_BYTES_MAX) {
                  next[0] = event.id();
                  return false;
                }
                left[0]--;
                writer.write(event);
                return true;
              });
      out.writeEndArray();
      if (next[0] > 0) {
        out.writeStringProperty("nextToken", page.next(Long.toString(next[0])));
      }
      out.writeEndObject();
    }
    call.reply(body.toByteArray());
  }

  private static long eventId(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new CommonError.InvalidToken().toException();
    }
  }
}
