package io.stepwise.services.states.resource;

import io.stepwise.engine.RedriveRules;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.MapRunSnapshot;
import io.stepwise.engine.execution.ParentLink;
import org.jspecify.annotations.Nullable;

/** What several operations ask about an execution. */
public final class Executions {
  /** Why an execution of a state machine that was deleted cannot be redriven. */
  public static final String MACHINE_IS_DELETING = "State machine is in DELETING status.";

  private Executions() {}

  /** Whether the state machine of an execution is being deleted, or was. */
  public static boolean isOfDeletedMachine(Backend backend, Execution execution) {
    return backend.catalog().isDeleted(execution.header().machine().stateMachineArn().text());
  }

  /** The id of an execution. Errors: InvalidArn, ExecutionDoesNotExist. */
  public static long find(Backend backend, String arn) {
    Arns.execution(arn);
    return backend
        .executions()
        .find(arn)
        .orElseThrow(() -> new StatesError.ExecutionDoesNotExist(arn).toException());
  }

  /** An execution with its input and output. */
  public static Execution describe(Backend backend, String arn) {
    return backend
        .executions()
        .describe(find(backend, arn))
        .orElseThrow(() -> new StatesError.ExecutionDoesNotExist(arn).toException());
  }

  /** What AWS calls the state machine of an execution: with the label for a child of a map run. */
  public static String machineArn(Execution execution) {
    var header = execution.header();
    var arn = header.machine().stateMachineArn().text();
    return header.label().isEmpty() ? arn : arn + "/" + header.label();
  }

  /** The map run it is a child of, or null. */
  public static @Nullable String mapRunArn(Execution execution) {
    return execution.header().parent() instanceof ParentLink.MapRunChild child
        ? child.mapRunArn()
        : null;
  }

  /** The status AWS shows: a child of a map run that is being redriven may wait for its turn. */
  public static ExecutionStatus status(Backend backend, Execution execution) {
    var mapRunArn = mapRunArn(execution);
    var mapRun = mapRunArn == null ? null : backend.executions().mapRun(mapRunArn).orElse(null);
    return mapRun == null ? execution.status() : statusWithin(execution, mapRun);
  }

  /** As above, where the map run is known. */
  public static ExecutionStatus statusWithin(Execution execution, MapRunSnapshot mapRun) {
    var status = execution.status();
    var parent = execution.parent();
    var waits =
        parent != null
            && parent.round() < mapRun.redriveCount()
            && !mapRun.status().isClosed()
            && status.isClosed()
            && status != ExecutionStatus.SUCCEEDED;
    return waits ? ExecutionStatus.PENDING_REDRIVE : status;
  }

  /** Why an execution cannot be redriven, or null where it can. */
  public static @Nullable String notRedrivableReason(Backend backend, Execution execution) {
    var status = execution.status();
    if (!status.isClosed() || status == ExecutionStatus.SUCCEEDED) {
      return "Execution is " + status + " and cannot be redriven";
    }
    if (isOfDeletedMachine(backend, execution)) {
      return MACHINE_IS_DELETING;
    }
    return RedriveRules.reasonAgainst(
        execution, backend.clock().nowMillis(), backend.limits().historyEventsMax());
  }
}
