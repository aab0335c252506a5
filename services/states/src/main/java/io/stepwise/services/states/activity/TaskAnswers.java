package io.stepwise.services.states.activity;

import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.engine.execution.TaskToken;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.StatesError;

/** What SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat do alike. */
final class TaskAnswers {
  private TaskAnswers() {}

  /** The attempt a call's token names. Errors: InvalidToken. */
  static TaskRef parse(Call call) {
    return TaskToken.parse(call.text("taskToken"))
        .orElseThrow(() -> new CommonError.InvalidToken().toException());
  }

  /** Sends a command and answers. Errors: TaskTimedOut, TaskDoesNotExist. */
  static void send(Call call, Backend backend, TaskRef task, Command command) {
    call.whenDone(
        backend.gateway().sendToTask(task, command),
        reply -> {
          if (reply instanceof Reply.Gone) {
            backend.blocking().execute(() -> call.guard(() -> tooLate(backend, task)));
          } else {
            call.done();
          }
        });
  }

  private static void tooLate(Backend backend, TaskRef task) {
    throw !backend.executions().exists(task.executionId())
        ? new StatesError.TaskDoesNotExist().toException()
        : new StatesError.TaskTimedOut().toException();
  }
}
