package io.stepwise.runtime.dispatch;

import io.stepwise.asl.model.TaskResource;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.catalog.StateMachineDirectory;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.AwaitedJob;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.integration.Connectors;
import io.stepwise.integration.Jobs;
import io.stepwise.integration.Mocks;
import io.stepwise.runtime.port.EffectSink;
import io.stepwise.runtime.port.Mailbox;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.time.Workload;
import io.stepwise.storage.execution.UnderWay;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs effects: hands tasks to connectors, offers activity tasks, starts and stops other
 * executions. Whatever comes of it goes back to the shards as a message.
 */
public final class EffectDispatcher implements EffectSink {
  /** Calls in flight for each connector, unless told otherwise. */
  public static final int CALLS_MAX = 4_000;

  private static final Logger LOG = LoggerFactory.getLogger(EffectDispatcher.class);

  private final Mailbox mailbox;
  private final Connectors connectors;
  private final ActivityTasks activities;
  private final Mocks mocks;
  private final ConnectorCalls calls;
  private final ItemReads itemReads;
  private final ChildExecutions children;

  /** A dispatcher that answers through {@code mailbox}. */
  public EffectDispatcher(
      Mailbox mailbox,
      StateMachineDirectory directory,
      Connectors connectors,
      ActivityTasks activities) {
    this(mailbox, directory, connectors, activities, Mocks.NONE, Workload.UNCOUNTED);
  }

  /** As below, with {@value #CALLS_MAX} calls in flight for each connector. */
  public EffectDispatcher(
      Mailbox mailbox,
      StateMachineDirectory directory,
      Connectors connectors,
      ActivityTasks activities,
      Mocks mocks,
      Workload workload) {
    this(mailbox, directory, connectors, activities, mocks, workload, CALLS_MAX);
  }

  /**
   * As above; tasks of test cases are answered from {@code mocks}, and calls of connectors count as
   * {@code workload}.
   *
   * @param callsMax calls in flight for each connector
   */
  public EffectDispatcher(
      Mailbox mailbox,
      StateMachineDirectory directory,
      Connectors connectors,
      ActivityTasks activities,
      Mocks mocks,
      Workload workload,
      int callsMax) {
    this(
        mailbox,
        directory,
        connectors,
        activities,
        mocks,
        workload,
        callsMax,
        Thread::startVirtualThread);
  }

  /**
   * As above.
   *
   * @param threads runs each call of a connector
   */
  public EffectDispatcher(
      Mailbox mailbox,
      StateMachineDirectory directory,
      Connectors connectors,
      ActivityTasks activities,
      Mocks mocks,
      Workload workload,
      int callsMax,
      Executor threads) {
    this.mocks = mocks;
    this.calls = new ConnectorCalls(callsMax, mailbox, workload, threads);
    this.itemReads = new ItemReads(connectors.items(), mailbox, workload, threads);
    this.mailbox = mailbox;
    this.connectors = connectors;
    this.activities = activities;
    this.children = new ChildExecutions(mailbox, directory);
  }

  @Override
  public void perform(Effect effect) {
    switch (effect) {
      case Effect.InvokeTask invoke -> invoke(invoke);
      case Effect.MockTask mock -> mock(mock);
      case Effect.OfferActivityTask(var task, var activityArn) ->
          activities.offer(activityArn, task);
      case Effect.StartNestedExecution start -> children.start(start);
      case Effect.PollJob(var job) -> poll(job);
      case Effect.StopJob(var job) -> stop(job);
      case Effect.StopChild stop -> children.stop(stop);
      case Effect.ReadItems read -> itemReads.begin(read);
      case Effect.StartMapRunChild start -> children.start(start);
      case Effect.RedriveMapRunChild redrive -> children.redrive(redrive);
      // The step has made StopChild of these, beside a row that remembers them.
      case Effect.StopNestedExecution stop -> throw new IllegalStateException("Expected StopChild");
      case Effect.StopMapRunChild stop -> throw new IllegalStateException("Expected StopChild");
      case Effect.NotifyParent notify -> children.notifyParent(notify);
    }
  }

  private void mock(Effect.MockTask mock) {
    var execution = mock.execution();
    var testCase = Objects.requireNonNull(execution.testCase());
    var answer =
        mocks.answer(execution.machine().name(), testCase, mock.state(), mock.invocation());
    if (answer.isEmpty()) {
      perform(mock.work());
      return;
    }
    var outcome = outcome(answer.get());
    var task = mock.task();
    mailbox.put(
        new Message.ForExecution(
            task.executionId(),
            new Command.AnswerMockedTask(
                task.scopeId(), task.stamp(), asTheStateSeesIt(outcome, mock.work())),
            reply -> {},
            null));
  }

  private static Outcome outcome(ConnectorOutcome answer) {
    return switch (answer) {
      case ConnectorOutcome.Success(var output) -> new Outcome.Success(output);
      case ConnectorOutcome.Failure(var error, var cause) -> new Outcome.Failure(error, cause);
      case ConnectorOutcome.Submitted(var output, var job) -> new Outcome.Success(output);
    };
  }

  /**
   * Mocks of Lambda are answers of its Invoke API, of which a function's own ARN gives the Payload.
   */
  private static Outcome asTheStateSeesIt(Outcome outcome, Effect work) {
    if (outcome instanceof Outcome.Success(var output)
        && work instanceof Effect.InvokeTask invoke
        && invoke.resource() instanceof TaskResource.LambdaFunction
        && output.tree().has("StatusCode")
        && output.tree().has("Payload")) {
      return new Outcome.Success(Payload.of(output.tree().path("Payload")));
    }
    return outcome;
  }

  private void invoke(Effect.InvokeTask invoke) {
    var request = request(invoke);
    Optional<Connector> connector;
    try {
      connector = connectors.find(request.service(), request.action());
    } catch (RuntimeException | LinkageError e) {
      answer(invoke.task(), undecided(e));
      return;
    }
    if (connector.isEmpty()) {
      answer(invoke.task(), unsupported(invoke.resource()));
      return;
    }
    calls.begin(connector.get(), invoke, request);
  }

  private void poll(AwaitedJob job) {
    var task = job.task();
    withJobs(
        job,
        (connector, jobs) -> calls.poll(connector, jobs, job),
        refusal ->
            mailbox.put(
                new Message.ForExecution(
                    task.executionId(),
                    new Command.SettleTask(task.scopeId(), task.stamp(), refusal),
                    reply -> {},
                    null)));
  }

  private void stop(AwaitedJob job) {
    withJobs(
        job,
        (connector, jobs) -> calls.stop(connector, jobs, job),
        refusal -> {
          LOG.error("No connector took the stop of {}: {}", job, refusal);
          mailbox.put(new Message.JobStopped(new UnderWay.Item.StopOfJob(job)));
        });
  }

  /** Does something with the connector of a job, or tells why there is none. */
  private void withJobs(
      AwaitedJob job, BiConsumer<Connector, Jobs> action, Consumer<Outcome> otherwise) {
    var resource = job.resource();
    Optional<Connector> connector;
    Optional<Jobs> jobs;
    try {
      connector = connectors.find(resource.service(), resource.action());
      jobs = connector.flatMap(Connector::jobs);
    } catch (RuntimeException | LinkageError e) {
      otherwise.accept(undecided(e));
      return;
    }
    if (connector.isPresent() && jobs.isPresent()) {
      action.accept(connector.get(), jobs.get());
    } else {
      otherwise.accept(unsupported(resource));
    }
  }

  private static Outcome undecided(Throwable failure) {
    return new Outcome.Failure(
        ConnectorCalls.FAULT,
        "A connector of Stepwise failed to say what it does: " + failure.getMessage());
  }

  private static Outcome unsupported(TaskResource resource) {
    return outcome(ConnectorOutcome.Failure.unsupported(resource.arn()));
  }

  @Override
  public void over(TaskRef task) {
    calls.over(task);
  }

  /** Calls of connectors in flight. */
  public int callsInFlight() {
    return calls.inFlight();
  }

  /** Tasks that wait for a place among the calls of their connector. */
  public int callsWaiting() {
    return calls.waiting();
  }

  /** What a connector is asked for. */
  static ConnectorRequest request(Effect.InvokeTask invoke) {
    var resource = invoke.resource();
    var service =
        switch (resource) {
          case TaskResource.ServiceIntegration integration -> integration.service();
          case TaskResource.LambdaFunction lambda -> "lambda";
          case TaskResource.Activity activity -> "activity";
        };
    var action =
        resource instanceof TaskResource.ServiceIntegration integration
            ? integration.action()
            : "function";
    var pattern =
        resource instanceof TaskResource.ServiceIntegration integration
            ? integration.pattern()
            : IntegrationPattern.REQUEST_RESPONSE;
    var machine = invoke.execution().machine();
    return new ConnectorRequest(
        invoke.resource().arn(),
        service,
        action,
        pattern,
        invoke.parameters(),
        invoke.timeoutSeconds() == 0
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(invoke.timeoutSeconds())),
        Optional.ofNullable(invoke.credentialsRoleArn()),
        machine.location(),
        ChildExecutions.stableUuid(invoke.task(), -1),
        Optional.of(
            new ConnectorRequest.Caller(
                machine.stateMachineArn().text(), invoke.execution().arn().text())));
  }

  private void answer(TaskRef task, Outcome outcome) {
    mailbox.put(
        new Message.ForExecution(
            task.executionId(),
            new Command.AnswerTask(task.scopeId(), task.stamp(), outcome),
            reply -> {},
            null));
  }
}
