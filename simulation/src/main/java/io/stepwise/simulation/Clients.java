package io.stepwise.simulation;

import io.stepwise.asl.model.TaskResource;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.TaskToken;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.Jobs;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.port.StartResult;
import io.stepwise.simulation.check.Acknowledgements;
import io.stepwise.simulation.check.Violation;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Everybody outside the process: clients that start and stop executions and ask again when they get
 * no answer, connectors, holders of task tokens, workers of activities.
 */
final class Clients {
  private final SplittableRandom random;
  private final Agenda agenda;
  private final Acknowledgements acknowledgements;
  private final Consumer<Message> mailbox;
  private final LongSupplier now;
  private final BooleanSupplier faultsAreExpected;
  private final Set<Runnable> unanswered = new LinkedHashSet<>();

  Clients(
      SplittableRandom random,
      Agenda agenda,
      Acknowledgements acknowledgements,
      Consumer<Message> mailbox,
      LongSupplier now,
      BooleanSupplier faultsAreExpected) {
    this.random = random;
    this.agenda = agenda;
    this.acknowledgements = acknowledgements;
    this.mailbox = mailbox;
    this.now = now;
    this.faultsAreExpected = faultsAreExpected;
  }

  /** Starts an execution after some time, until somebody says that it runs. */
  void start(StartRequest request, Consumer<StartResult> answered) {
    later(20_000, Agenda.Place.OUTSIDE, () -> sendStart(request, answered));
  }

  private void sendStart(StartRequest request, Consumer<StartResult> answered) {
    Runnable again = () -> sendStart(request, answered);
    unanswered.add(again);
    mailbox.accept(
        new Message.Start(
            request,
            result -> {
              unanswered.remove(again);
              if (result == null) {
                askAgain(again);
              } else {
                acknowledgements.started(request.executionArn().text());
                answered.accept(result);
              }
            }));
  }

  /**
   * Stops an execution after some time.
   *
   * @param redrives how often it is redriven after that; stopped again in between
   */
  void stop(long id, int redrives) {
    later(60_000, Agenda.Place.OUTSIDE, () -> sendStop(id, redrives));
  }

  private void sendStop(long id, int redrives) {
    command(
        id,
        new Command.StopExecution("Stopped", "by a client"),
        reply -> {
          if (reply instanceof Reply.Closed closed) {
            acknowledgements.stopped(id, closed);
            if (redrives > 0) {
              later(60_000, Agenda.Place.OUTSIDE, () -> sendRedrive(id, redrives));
            }
          }
        });
  }

  private void sendRedrive(long id, int redrives) {
    acknowledgements.asksToRedrive(id);
    command(
        id,
        new Command.RedriveExecution("redrive-" + redrives),
        reply -> {
          if (reply instanceof Reply.Redriven(var millis)) {
            acknowledgements.redriven(id, millis);
            if (redrives > 1) {
              stop(id, redrives - 1);
            }
          }
        });
  }

  /** Begins a job, late; what it is known by is all there is to know of it. */
  CompletableFuture<ConnectorOutcome> begin(JsonNode parameters) {
    var answer = new CompletableFuture<ConnectorOutcome>();
    answerLater(
        answer, new ConnectorOutcome.Submitted(Payload.EMPTY_OBJECT, Json.print(parameters)));
    return answer;
  }

  /** Looks at a job, late: by chance it is over, unless it is one that never ends. */
  CompletableFuture<Jobs.Status> look(JsonNode parameters) {
    var answer = new CompletableFuture<Jobs.Status>();
    var over = !parameters.path("silent").asBoolean() && random.nextInt(3) == 0;
    var status =
        over
            ? new Jobs.Status.Ended(HostileConnector.outcome(parameters))
            : new Jobs.Status.Running();
    later(5_000, Agenda.Place.INSIDE, () -> answer.complete(status));
    return answer;
  }

  /** Stops a job, late. */
  CompletableFuture<@Nullable Void> stopJob() {
    var answer = new CompletableFuture<@Nullable Void>();
    later(5_000, Agenda.Place.INSIDE, () -> answer.complete(null));
    return answer;
  }

  /** Does the work of a task, late, unless it is one that nobody answers. */
  CompletableFuture<ConnectorOutcome> work(JsonNode parameters) {
    var answer = new CompletableFuture<ConnectorOutcome>();
    var token = parameters.path("token").asString("");
    var silent = parameters.path("silent").asBoolean();
    if (token.isEmpty()) {
      if (!silent) {
        answerLater(answer, HostileConnector.outcome(parameters));
      }
      return answer;
    }
    answerLater(answer, new ConnectorOutcome.Success(Payload.EMPTY_OBJECT));
    if (!silent) {
      settle(token, parameters);
    }
    return answer;
  }

  private void answerLater(CompletableFuture<ConnectorOutcome> answer, ConnectorOutcome outcome) {
    later(30_000, Agenda.Place.INSIDE, () -> answer.complete(outcome));
  }

  /** An answer that comes once more, or a flood of them, before or after the real one. */
  void answerAgain(Effect.InvokeTask invoke) {
    var parameters = invoke.parameters().tree();
    if (parameters.path("silent").asBoolean() || random.nextInt(8) > 0) {
      return;
    }
    var task = invoke.task();
    Command answer =
        isOfJob(invoke)
            ? new Command.BeginJob(
                task.scopeId(), task.stamp(), Payload.EMPTY_OBJECT, Json.print(parameters))
            : new Command.AnswerTask(
                task.scopeId(),
                task.stamp(),
                HostileConnector.told(
                    parameters.has("token")
                        ? new ConnectorOutcome.Success(Payload.EMPTY_OBJECT)
                        : HostileConnector.outcome(parameters)));
    for (var times = random.nextInt(6) == 0 ? 40 : 1; times > 0; times--) {
      later(
          30_000,
          Agenda.Place.INSIDE,
          () ->
              mailbox.accept(
                  new Message.ForExecution(task.executionId(), answer, reply -> {}, null)));
    }
  }

  private static boolean isOfJob(Effect.InvokeTask invoke) {
    return invoke.resource() instanceof TaskResource.ServiceIntegration integration
        && integration.pattern() == IntegrationPattern.SYNC;
  }

  /** A worker takes the task of an activity, and may die with it. */
  void offer(Effect.OfferActivityTask offer) {
    var task = offer.task();
    later(
        10_000,
        Agenda.Place.INSIDE,
        () ->
            mailbox.accept(
                new Message.ForExecution(
                    task.executionId(),
                    new Command.TakeActivityTask(task.scopeId(), task.stamp(), "worker"),
                    reply -> {
                      if (reply instanceof Reply.ActivityTask(var token, var input)
                          && !input.tree().path("silent").asBoolean()) {
                        settle(token, input.tree());
                      }
                    },
                    null)));
  }

  private void settle(String token, JsonNode parameters) {
    var task = TaskToken.parse(token).orElseThrow();
    var command =
        new Command.SettleTask(
            task.scopeId(),
            task.stamp(),
            HostileConnector.told(HostileConnector.outcome(parameters)));
    for (var times = copies(); times > 0; times--) {
      // Later than any connector's answer, as a service that was called tells its caller first.
      agenda.add(
          now.getAsLong() + 31_000 + random.nextInt(60_000),
          Agenda.Place.OUTSIDE,
          () ->
              command(
                  task.executionId(),
                  command,
                  reply -> {
                    if (reply instanceof Reply.Done) {
                      acknowledgements.settled(task);
                    }
                  }));
    }
  }

  /** Sends a command until it is answered. */
  private void command(long id, Command command, Consumer<Reply> answered) {
    Runnable again = () -> command(id, command, answered);
    unanswered.add(again);
    mailbox.accept(
        new Message.ForExecution(
            id,
            command,
            reply -> {
              unanswered.remove(again);
              if (reply == null) {
                askAgain(again);
              } else {
                answered.accept(reply);
              }
            },
            null));
  }

  /**
   * A client that was told of a fault asks again later; where nothing is planted, there is none.
   */
  private void askAgain(Runnable again) {
    if (!faultsAreExpected.getAsBoolean()) {
      throw new Violation("Expected an answer, but the shard failed; its log says why");
    }
    later(20_000, Agenda.Place.OUTSIDE, again);
  }

  /** Retention looks at an execution after some time. Its answer may be lost with the process. */
  void expire(String arn, long id) {
    later(
        120_000,
        Agenda.Place.OUTSIDE,
        () -> {
          var before = now.getAsLong() - random.nextInt(20_000);
          acknowledgements.expires(arn, id, before);
          mailbox.accept(new Message.Expire(id, before, removed -> {}));
        });
  }

  /** The process died: who waits for an answer asks again later. */
  void crashed() {
    for (var again : unanswered) {
      later(20_000, Agenda.Place.OUTSIDE, again);
    }
    unanswered.clear();
  }

  private void later(int millisMax, Agenda.Place place, Runnable action) {
    agenda.add(now.getAsLong() + random.nextInt(millisMax), place, action);
  }

  private int copies() {
    return random.nextInt(8) == 0 ? 2 : 1;
  }
}
