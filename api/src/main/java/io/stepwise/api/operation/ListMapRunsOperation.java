package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Page;
import io.stepwise.api.Shape;

/** ListMapRuns: oldest first. */
final class ListMapRunsOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(
          Member.text("executionArn", 1, 256).required(), Page.members()[0], Page.members()[1]);

  private final Backend backend;

  ListMapRunsOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "ListMapRuns";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var id = Executions.find(backend, call.text("executionArn"));
    var page = Page.of(call, name(), backend.clock().nowMillis());
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
