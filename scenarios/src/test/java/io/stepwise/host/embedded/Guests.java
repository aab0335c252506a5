package io.stepwise.host.embedded;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.engine.Decider;
import io.stepwise.engine.Limits;
import io.stepwise.engine.event.Event;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.integration.Connectors;
import io.stepwise.integration.Mocks;
import io.stepwise.runtime.dispatch.ActivityTasks;
import io.stepwise.runtime.dispatch.EffectDispatcher;
import io.stepwise.runtime.dispatch.MailboxGateway;
import io.stepwise.runtime.port.DecisionListener;
import io.stepwise.runtime.port.ExecutionGateway;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.port.StartResult;
import io.stepwise.runtime.step.Audience;
import io.stepwise.runtime.step.ShardStep;
import io.stepwise.runtime.step.Share;
import io.stepwise.runtime.time.Clock;
import io.stepwise.runtime.time.Workload;
import io.stepwise.scenario.TestDirectory;
import io.stepwise.storage.Storage;
import io.stepwise.storage.execution.ExecutionReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A host of one worker with guests of the test's: a connector, a listener, a store. */
final class Guests implements AutoCloseable {
  /** One task whose answer is the output. */
  static final String TASK =
      """
      {"StartAt":"T","States":{"T":{"Type":"Task","End":true,
       "Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"}}}}""";

  /** Nothing to be done by anybody. */
  static final String PASS =
      """
      {"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";

  /** Some hundred thousand steps of an expression; its value is a number. */
  static final String LONG =
      """
      {"QueryLanguage":"JSONata","StartAt":"P","States":{"P":{"Type":"Pass","End":true,
       "Output":"{% $sum($map([1..50000], function($i) {$i % 7})) %}"}}}""";

  private final TestDirectory directory = new TestDirectory();
  private final Map<String, CompletableFuture<Execution>> ends = new ConcurrentHashMap<>();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final ExecutionReader store;
  private final EffectDispatcher dispatcher;
  private final EmbeddedHost host;
  private final ExecutionGateway gateway;

  Guests(
      Storage storage,
      Function<ConnectorRequest, @Nullable CompletableFuture<ConnectorOutcome>> connector,
      DecisionListener listener,
      int callsMax) {
    store = new ExecutionReader(storage, directory::revision);
    var later = new AtomicReference<@Nullable EmbeddedHost>();
    var activities = new ActivityTasks(message -> known(later).put(message), null);
    dispatcher =
        new EffectDispatcher(
            message -> known(later).put(message),
            directory,
            new Connectors(List.of(new Guest(connector))),
            activities,
            Mocks.NONE,
            Workload.UNCOUNTED,
            callsMax);
    host =
        new EmbeddedHost(
            1,
            1,
            Clock.real(),
            Workload.UNCOUNTED,
            worker ->
                new ShardStep(
                    storage,
                    directory,
                    new Decider(Limits.AWS, arn -> false),
                    Clock.real(),
                    dispatcher,
                    new Share(1, 1, worker),
                    1,
                    Audience.of(DecisionListener.both(this::heard, listener))),
            (worker, fault) -> faults.add(fault));
    later.set(host);
    gateway = new MailboxGateway(host::putRequest, activities);
    host.start();
  }

  static CompletableFuture<ConnectorOutcome> succeed() {
    return CompletableFuture.completedFuture(
        new ConnectorOutcome.Success(Payload.ofTrustedText("{\"done\":true}")));
  }

  private static EmbeddedHost known(AtomicReference<@Nullable EmbeddedHost> later) {
    var host = later.get();
    if (host == null) {
      throw new IllegalStateException("Expected the host to be there");
    }
    return host;
  }

  private record Guest(
      Function<ConnectorRequest, @Nullable CompletableFuture<ConnectorOutcome>> work)
      implements Connector {
    @Override
    public boolean supports(String service, String action) {
      return true;
    }

    @Override
    @SuppressWarnings("NullAway") // some guests give what none may give
    public CompletableFuture<ConnectorOutcome> invoke(ConnectorRequest request) {
      return work.apply(request);
    }
  }

  private void heard(Execution decided, List<Event> events, @Nullable ExecutionStatus before) {
    if (decided.status().isClosed()) {
      end(decided.header().arn().text()).complete(decided);
    }
  }

  private CompletableFuture<Execution> end(String arn) {
    return ends.computeIfAbsent(arn, key -> new CompletableFuture<>());
  }

  /** Makes a state machine known. */
  StateMachineRevision machine(String name, String definition) {
    return directory.register(name, definition, StateMachineType.STANDARD);
  }

  /** Starts an execution; durable when this returns. */
  String start(StateMachineRevision machine, String name) throws Exception {
    var arn = machine.stateMachineArn().execution(name);
    var request = StartRequest.ofClient(machine, arn, name, Payload.EMPTY_OBJECT, null, null, null);
    var result = gateway.start(request).get(10, TimeUnit.SECONDS);
    return ((StartResult.Started) result).executionArn();
  }

  /** The stored execution, once it has ended. */
  Execution ended(String arn) throws Exception {
    end(arn).get(20, TimeUnit.SECONDS);
    return store.describe(store.find(arn).orElseThrow()).orElseThrow();
  }

  ExecutionReader store() {
    return store;
  }

  ExecutionGateway gateway() {
    return gateway;
  }

  EffectDispatcher dispatcher() {
    return dispatcher;
  }

  /** What stopped the worker: nothing may. */
  List<Throwable> faults() {
    return faults;
  }

  @Override
  public void close() {
    host.close();
  }
}
