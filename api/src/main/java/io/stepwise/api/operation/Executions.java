package io.stepwise.api.operation;

import io.stepwise.api.ApiError;
import io.stepwise.api.Arn;
import io.stepwise.api.Backend;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import org.jspecify.annotations.Nullable;

/** What several operations ask about an execution. */
final class Executions {
  private static final long REDRIVABLE_MILLIS = 14L * 24 * 3_600_000;
  private static final long OPEN_MILLIS_MAX = 365L * 24 * 3_600_000;
  private static final int REDRIVABLE_EVENTS_MAX = 24_999;

  private Executions() {}

  /** The id of an execution. Errors: InvalidArn, ExecutionDoesNotExist. */
  static long find(Backend backend, String arn) {
    Arn.ofExecution(arn);
    return backend
        .store()
        .find(arn)
        .orElseThrow(() -> new ApiError.ExecutionDoesNotExist(arn).toException());
  }

  /** An execution with its input and output. */
  static Execution describe(Backend backend, String arn) {
    return backend
        .store()
        .describe(find(backend, arn))
        .orElseThrow(() -> new ApiError.ExecutionDoesNotExist(arn).toException());
  }

  /** What AWS calls the state machine of an execution: with the label for a child of a map run. */
  static String machineArn(Execution execution) {
    var header = execution.header();
    var arn = header.machine().stateMachineArn();
    return header.label().isEmpty() ? arn : arn + "/" + header.label();
  }

  /** The map run it is a child of, or null. */
  static @Nullable String mapRunArn(Execution execution) {
    var parent = execution.header().parent();
    return parent != null && parent.isMapRun() ? parent.mapRunArn() : null;
  }

  /** Why an execution cannot be redriven, or null where it can. */
  static @Nullable String notRedrivableReason(Backend backend, Execution execution) {
    var status = execution.status();
    if (!status.isClosed() || status == ExecutionStatus.SUCCEEDED) {
      return "Execution is " + status + " and cannot be redriven";
    }
    var machine = backend.catalog().machine(execution.header().machine().stateMachineArn());
    if (machine != null && machine.deleting()) {
      return "State machine is in DELETING status.";
    }
    if (execution.lastEventId() >= REDRIVABLE_EVENTS_MAX) {
      return "Execution history event limit exceeded.";
    }
    if (execution.stopMillis() - execution.header().startMillis() > OPEN_MILLIS_MAX) {
      return "Execution has exceeded the max execution time.";
    }
    if (backend.clock().nowMillis() - execution.stopMillis() > REDRIVABLE_MILLIS) {
      return "Execution redrivable period exceeded.";
    }
    return null;
  }
}
