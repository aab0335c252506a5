package io.stepwise.services.states.maprun;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Page;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Executions;
import io.stepwise.services.states.resource.MapRuns;

/** ListMapRuns: oldest first. */
public final class ListMapRunsOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("executionArn", 1, 256).required(), Page.members()[0], Page.members()[1]);

  private final Backend backend;

  private ListMapRunsOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking("ListMapRuns", INPUT, new ListMapRunsOperation(backend)::run);
  }

  private void run(Call call) {
    var id = Executions.find(backend, call.text("executionArn"));
    var page = Page.of(call, backend.clock().nowMillis());
    var output = Outputs.object();
    var list = output.putArray("mapRuns");
    var found = backend.index().mapRuns(id, page.isFirst() ? null : page.cursor(), page.limit());
    for (var run : found.mapRuns()) {
      MapRuns.put(list.addObject(), run);
    }
    if (found.cursor() != null) {
      output.put("nextToken", page.next(found.cursor()));
    }
    call.reply(output);
  }
}
