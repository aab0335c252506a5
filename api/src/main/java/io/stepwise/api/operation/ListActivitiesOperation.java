package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Page;
import io.stepwise.api.Shape;

/** ListActivities: by name. */
final class ListActivitiesOperation implements Operation.Blocking {
  private static final Shape INPUT = Shape.of(Page.members()[0], Page.members()[1]);

  private final Backend backend;

  ListActivitiesOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "ListActivities";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var page = Page.of(call, name(), backend.clock().nowMillis());
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
