package io.stepwise.runtime.dispatch;

import io.stepwise.catalog.StateMachineDirectory;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.integration.Connectors;
import io.stepwise.runtime.port.Mailbox;
import io.stepwise.runtime.port.Message;
import java.util.concurrent.CompletableFuture;

/**
 * Has the work of a task done that belongs to no execution: a state under test. It goes the way of
 * all effects; only the answer is kept from the shards.
 */
public final class TaskCalls {
  private final Mailbox mailbox;
  private final StateMachineDirectory directory;
  private final Connectors connectors;
  private final ActivityTasks activities;

  /** Calls through {@code connectors}; nested executions start through {@code mailbox}. */
  public TaskCalls(
      Mailbox mailbox,
      StateMachineDirectory directory,
      Connectors connectors,
      ActivityTasks activities) {
    this.mailbox = mailbox;
    this.directory = directory;
    this.connectors = connectors;
    this.activities = activities;
  }

  /**
   * Performs an effect whose task has {@code executionId}, an id that no execution has; the future
   * always completes normally.
   */
  public CompletableFuture<Outcome> call(Effect effect, long executionId) {
    var answer = new CompletableFuture<Outcome>();
    Mailbox intercepting =
        message -> {
          if (message instanceof Message.ForExecution forExecution
              && forExecution.executionId() == executionId) {
            if (forExecution.command() instanceof Command.AnswerTask answered) {
              answer.complete(answered.outcome());
            }
          } else {
            mailbox.put(message);
          }
        };
    new EffectDispatcher(intercepting, directory, connectors, activities).perform(effect);
    return answer;
  }
}
