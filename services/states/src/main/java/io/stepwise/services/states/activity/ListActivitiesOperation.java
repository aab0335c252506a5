package io.stepwise.services.states.activity;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Page;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;

/** ListActivities: by name. */
public final class ListActivitiesOperation {
  private static final Shape INPUT = Shape.of(Page.members()[0], Page.members()[1]);

  private final Backend backend;

  private ListActivitiesOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking("ListActivities", INPUT, new ListActivitiesOperation(backend)::run);
  }

  private void run(Call call) {
    var page = Page.of(call, backend.clock().nowMillis());
    var prefix = call.identity().location().activity("").text();
    var output = Outputs.object();
    var list = output.putArray("activities");
    var last = "";
    for (var activity : backend.catalog().activities(prefix, page.cursor())) {
      if (list.size() == page.limit()) {
        output.put("nextToken", page.next(last));
        break;
      }
      var item = list.addObject();
      item.put("activityArn", activity.arn());
      item.put("name", activity.name());
      Outputs.putTime(item, "creationDate", activity.createdMillis());
      last = activity.arn();
    }
    call.reply(output);
  }
}
