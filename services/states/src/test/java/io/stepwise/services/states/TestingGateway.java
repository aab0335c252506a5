package io.stepwise.services.states;

import io.stepwise.engine.Decider;
import io.stepwise.engine.Limits;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.expression.Moment;
import io.stepwise.expression.Payload;
import io.stepwise.runtime.port.ExecutionGateway;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.port.StartResult;
import io.stepwise.runtime.port.SyncResult;
import io.stepwise.runtime.time.Clock;
import io.stepwise.storage.Storage;
import io.stepwise.storage.execution.ExecutionReader;
import io.stepwise.storage.execution.ExecutionWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A gateway that decides and writes at once, without shards; what it cannot do, a test says. */
final class TestingGateway implements ExecutionGateway {
  private final Storage storage;
  private final ExecutionReader store;
  private final ExecutionWriter writer = new ExecutionWriter();
  private final Clock clock;
  private final Decider decider = new Decider(Limits.AWS, arn -> true);
  private long id = 1_000;

  /** What was sent, in order. */
  final List<Command> sent = new ArrayList<>();

  /** Requests to start, in order. */
  final List<StartRequest> started = new ArrayList<>();

  /** Polls that wait. */
  final List<TestingPoll> polls = new ArrayList<>();

  /** What every command is answered with; null: decide. */
  @Nullable Reply reply;

  /** What every start fails with. */
  @Nullable RuntimeException fault;

  TestingGateway(Storage storage, ExecutionReader store, Clock clock) {
    this.storage = storage;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<StartResult> start(StartRequest request) {
    if (fault != null) {
      return CompletableFuture.failedFuture(fault);
    }
    started.add(request);
    var existing = store.find(request.executionArn().text());
    if (existing.isPresent()) {
      var known = store.describe(existing.getAsLong()).orElseThrow();
      return CompletableFuture.completedFuture(
          known.status() == ExecutionStatus.RUNNING
                  && known.header().input().equals(request.input())
              ? new StartResult.Started(known.header().arn().text(), known.header().startMillis())
              : new StartResult.AlreadyExists(known.header().arn().text()));
    }
    var execution = run(request);
    return CompletableFuture.completedFuture(
        new StartResult.Started(execution.header().arn().text(), execution.header().startMillis()));
  }

  private Execution run(StartRequest request) {
    var header =
        new ExecutionHeader(
            ++id,
            request.executionArn(),
            request.name(),
            request.machine(),
            request.graphIndex(),
            request.label(),
            request.input(),
            clock.nowMillis(),
            request.versionArn(),
            request.aliasArn(),
            request.traceHeader(),
            request.parent());
    var execution = new Execution(header);
    var decision = decider.decide(execution, new Command.StartExecution(header), moment());
    var batch = storage.newBatch();
    writer.write(batch, execution, decision.events(), null);
    storage.commit(batch);
    return execution;
  }

  private Moment moment() {
    return new Moment(Instant.ofEpochMilli(clock.nowMillis()), 1);
  }

  @Override
  public CompletableFuture<SyncResult> startSync(StartRequest request) {
    started.add(request);
    return CompletableFuture.completedFuture(
        new SyncResult(
            request.executionArn().text(),
            ExecutionStatus.SUCCEEDED,
            clock.nowMillis(),
            clock.nowMillis() + 101,
            Payload.ofTrustedText("{\"done\":true}"),
            null,
            null));
  }

  @Override
  public CompletableFuture<Reply> send(long executionId, Command command) {
    sent.add(command);
    if (reply != null) {
      return CompletableFuture.completedFuture(reply);
    }
    var execution = store.load(executionId).orElseThrow();
    var before = execution.status();
    var decision = decider.decide(execution, command, moment());
    var batch = storage.newBatch();
    writer.write(batch, execution, decision.events(), before);
    storage.commit(batch);
    return CompletableFuture.completedFuture(decision.reply());
  }

  @Override
  public ActivityPoll pollActivity(String activityArn, String workerNameOrEmpty) {
    var poll = new TestingPoll(activityArn, workerNameOrEmpty);
    polls.add(poll);
    return poll;
  }

  /** A worker that waits until a test answers. */
  static final class TestingPoll implements ActivityPoll {
    final String activityArn;
    final String workerName;
    final CompletableFuture<Reply> reply = new CompletableFuture<>();
    boolean cancelled;

    TestingPoll(String activityArn, String workerName) {
      this.activityArn = activityArn;
      this.workerName = workerName;
    }

    @Override
    public CompletableFuture<Reply> reply() {
      return reply;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
