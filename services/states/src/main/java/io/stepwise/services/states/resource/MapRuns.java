package io.stepwise.services.states.resource;

import io.stepwise.engine.execution.MapRunSnapshot;
import io.stepwise.protocol.Outputs;
import io.stepwise.services.states.resource.StatesError.ResourceNotFound;
import tools.jackson.databind.node.ObjectNode;

/** What the operations on map runs share. */
public final class MapRuns {
  private MapRuns() {}

  /** A map run. Errors: InvalidArn, ResourceNotFound. */
  public static MapRunSnapshot find(Backend backend, String arn) {
    Arns.mapRun(arn);
    return backend
        .executions()
        .mapRun(arn)
        .orElseThrow(() -> ResourceNotFound.of(arn).toException());
  }

  public static void put(ObjectNode item, MapRunSnapshot run) {
    var machine = Arns.mapRun(run.arn()).stateMachine();
    item.put("executionArn", run.executionArn());
    item.put("mapRunArn", run.arn());
    item.put("stateMachineArn", machine.text());
    Outputs.putTime(item, "startDate", run.startMillis());
    if (run.status().isClosed()) {
      Outputs.putTime(item, "stopDate", run.stopMillis());
    }
  }

  public static void put(ObjectNode node, MapRunSnapshot.Counts counts, MapRunSnapshot run) {
    node.put("pending", counts.pending());
    node.put("running", counts.running());
    node.put("succeeded", counts.succeeded());
    node.put("failed", counts.failed());
    node.put("timedOut", counts.timedOut());
    node.put("aborted", counts.aborted());
    node.put("total", counts.total());
    node.put("resultsWritten", run.status().isClosed() ? counts.succeeded() : 0);
    if (run.redriveCount() > 0) {
      node.put("pendingRedrive", counts.pendingRedrive());
    }
  }
}
