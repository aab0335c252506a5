package io.stepwise.server;

import io.stepwise.aws.AwsLocation;
import io.stepwise.catalog.Catalog;
import io.stepwise.connectors.aws.AwsClient;
import io.stepwise.connectors.aws.Transport;
import io.stepwise.edge.HttpClient;
import io.stepwise.engine.Decider;
import io.stepwise.engine.Limits;
import io.stepwise.functions.FunctionHost;
import io.stepwise.host.embedded.EmbeddedHost;
import io.stepwise.host.embedded.RocksDbStorage;
import io.stepwise.integration.Functions;
import io.stepwise.integration.Mocks;
import io.stepwise.logs.LogStore;
import io.stepwise.protocol.AwsServices;
import io.stepwise.protocol.Identity;
import io.stepwise.runtime.dispatch.ActivityTasks;
import io.stepwise.runtime.dispatch.EffectDispatcher;
import io.stepwise.runtime.dispatch.MailboxGateway;
import io.stepwise.runtime.dispatch.TaskCalls;
import io.stepwise.runtime.feed.Feed;
import io.stepwise.runtime.feed.Together;
import io.stepwise.runtime.port.DecisionListener;
import io.stepwise.runtime.port.DecisionProbe;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.step.Audience;
import io.stepwise.runtime.step.ShardStep;
import io.stepwise.runtime.step.Share;
import io.stepwise.runtime.time.Clock;
import io.stepwise.runtime.time.VirtualTime;
import io.stepwise.runtime.time.Workload;
import io.stepwise.server.config.ServerConfig;
import io.stepwise.server.logging.ExecutionLog;
import io.stepwise.server.logging.ExecutionRecords;
import io.stepwise.server.logging.LogsElsewhere;
import io.stepwise.server.logging.LogsHere;
import io.stepwise.server.logging.RecordSink;
import io.stepwise.server.metrics.ExecutionMetrics;
import io.stepwise.server.monitoring.Monitor;
import io.stepwise.server.monitoring.MonitoringRequest;
import io.stepwise.services.lambda.FunctionFolders;
import io.stepwise.services.lambda.LambdaService;
import io.stepwise.services.logs.LogsService;
import io.stepwise.services.states.StatesService;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.sts.StsService;
import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.Storage;
import io.stepwise.storage.execution.ExecutionIndex;
import io.stepwise.storage.execution.ExecutionReader;
import io.stepwise.storage.execution.Expiry;
import io.stepwise.storage.feed.FeedTable;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything behind the edge that has to do with one store: the engine on it, and the API in front
 * of the engine.
 *
 * <pre>
 * services ─▶ MailboxGateway ─▶ EmbeddedHost ─▶ ShardStep ─▶ Storage
 *                                      ▲             │ effects
 *                                      └── EffectDispatcher ─▶ connectors
 * </pre>
 */
final class Core implements AutoCloseable {
  /** What log events may take on disk. Units: bytes. */
  private static final long LOG_BYTES_MAX = 1L << 30;

  /** The same where nothing is kept. Units: bytes. */
  private static final long LOG_BYTES_MAX_IN_MEMORY = 64L << 20;

  /** Commits of each lane that are looked at again after a start: far more than a moment has. */
  private static final int RECALLED_COMMITS = 256;

  private final Storage storage;
  private final EffectDispatcher dispatcher;
  private final EmbeddedHost host;
  private final AwsServices services;
  private final Optional<VirtualTime> virtualTime;
  private final Retention retention;
  private final Examples examples;
  private final ExecutionMetrics metrics;
  private final Monitor monitor;
  private final WaitingRequest waiting;
  private final ExecutionIndex index;
  private final Feed feed;
  private final LogStore logs;
  private final Optional<LogsElsewhere> otherLogs;
  private final LambdaService lambda;
  private final ExecutionRecords records;
  private @Nullable Thread recalling;
  private final Clock clock;

  /** Builds it; it works once {@link #start} is called. */
  Core(
      ServerConfig config,
      DataFolder data,
      Mocks mocks,
      Functions elsewhere,
      HttpClient outgoing,
      FunctionHost functionHost,
      Path functionFolder,
      ScheduledExecutorService timers,
      ExecutionMetrics metrics,
      LiveEvents events,
      BiConsumer<String, Throwable> onFault) {
    this.storage = data.storage();
    this.metrics = metrics;
    var workers = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    this.virtualTime =
        config.clock() == ServerConfig.ClockKind.VIRTUAL
            ? Optional.of(new VirtualTime(Instant.now(), workers))
            : Optional.empty();
    this.clock = virtualTime.<Clock>map(time -> time).orElseGet(Clock::real);
    var workload = virtualTime.<Workload>map(time -> time).orElse(Workload.UNCOUNTED);
    var listener =
        virtualTime
            .<DecisionListener>map(time -> DecisionListener.both(metrics, time))
            .orElse(metrics);
    var catalog = new Catalog(storage, clock::nowMillis);
    this.logs =
        config
            .dataFolder()
            .map(folder -> RocksDbStorage.openUnsynced(folder.resolve("logs")))
            .map(store -> new LogStore(store, LOG_BYTES_MAX, clock::nowMillis))
            .orElseGet(
                () ->
                    new LogStore(new InMemoryStorage(), LOG_BYTES_MAX_IN_MEMORY, clock::nowMillis));
    this.lambda =
        new LambdaService(
            storage,
            catalog.writer(),
            functionFolder,
            functionHost,
            config.isForThisMachineOnly(),
            config
                .functionsFolder()
                .map(
                    folder ->
                        FunctionFolders.in(
                            folder, AwsLocation.of(config.region(), config.account())))
                .orElse(FunctionFolders.NONE),
            clock::nowMillis);
    var hasOtherLogs = config.serviceEndpoints().find(LogsElsewhere.SERVICE).isPresent();
    this.otherLogs = hasOtherLogs ? Optional.of(logsElsewhere(config, outgoing)) : Optional.empty();
    var insideLater = new AtomicReference<AwsServices>();
    var connectors =
        ServiceConnectors.of(
            elsewhere.isThere() ? elsewhere : lambda.functions(),
            config
                .lambdaEndpoint()
                .map(url -> config.serviceEndpoints().with("Lambda", url))
                .orElse(config.serviceEndpoints()),
            config.credentials(),
            outgoing,
            new ServicesInside(insideLater::get).of(inside(elsewhere.isThere(), hasOtherLogs)),
            clock::nowMillis);
    // The host, the dispatcher and the steps know each other in a circle: messages close it.
    var hostLater = new AtomicReference<EmbeddedHost>();
    var activities = new ActivityTasks(message -> put(hostLater, message), timers);
    this.dispatcher =
        new EffectDispatcher(
            message -> put(hostLater, message),
            catalog,
            connectors,
            activities,
            mocks,
            workload,
            config.connectorCallsMax());
    this.monitor =
        config
            .dataFolder()
            .map(folder -> Monitor.in(folder.resolve("monitoring"), clock::nowMillis))
            .orElseGet(() -> Monitor.inMemory(clock::nowMillis));
    var executions = new ExecutionReader(storage, catalog::revision);
    this.feed =
        new Feed(
            new FeedTable(storage), executions, read -> put(hostLater, new Message.FeedRead(read)));
    this.records =
        new ExecutionRecords(
            otherLogs.<RecordSink>map(other -> other).orElseGet(() -> new LogsHere(logs)),
            revision -> catalog.source(revision).settings().logging());
    feed.add(
        new Together("server", List.of(metrics, new ExecutionLog(), events, monitor, records)));
    var limits = Limits.AWS.withWaitTimeScale(config.waitTimeScale());
    var decider = new Decider(limits, catalog::activityExists);
    var seeds = new SecureRandom();
    this.host =
        new EmbeddedHost(
            data.shards(),
            workers,
            clock,
            workload,
            worker ->
                new ShardStep(
                    storage,
                    catalog,
                    decider,
                    clock,
                    dispatcher,
                    new Share(data.shards(), workers, worker),
                    seeds.nextLong(),
                    new Audience(listener, DecisionProbe.NONE, feed)),
            onFault);
    hostLater.set(host);
    virtualTime.ifPresent(time -> time.wakesBy(host::wake));
    this.index = new ExecutionIndex(storage, executions);
    this.waiting = new WaitingRequest(executions, activities);
    var gateway = new MailboxGateway(host::putRequest, activities);
    var calls = new TaskCalls(message -> put(hostLater, message), catalog, connectors, activities);
    var blocking = Executors.newVirtualThreadPerTaskExecutor();
    var backend =
        new Backend(
            gateway,
            executions,
            index,
            catalog,
            clock,
            blocking,
            calls,
            limits,
            mocks,
            // Of a group elsewhere nobody knows here; its logs say so where it is missing.
            arn -> hasOtherLogs || logs.group(arn).isPresent());
    var identity = new Identity(config.region(), config.account());
    this.services =
        new AwsServices(
            List.of(
                StatesService.on(backend, identity),
                StsService.of(identity),
                lambda.api(identity, blocking),
                LogsService.on(logs, identity, blocking, clock::nowMillis)));
    insideLater.set(services);
    this.examples = new Examples(catalog, gateway, config);
    this.retention =
        new Retention(new Expiry(storage, catalog::revision), host, clock, config.retention());
  }

  private static LogsElsewhere logsElsewhere(ServerConfig config, HttpClient outgoing) {
    return new LogsElsewhere(
        new AwsClient(
            Transport.over(outgoing), config.serviceEndpoints(), Map.of(), config.credentials()),
        AwsLocation.of(config.region(), config.account()));
  }

  /** The services that tasks find here without an endpoint, by their ids. */
  private static Set<String> inside(boolean hasOtherFunctions, boolean hasOtherLogs) {
    var inside = new HashSet<>(Set.of("SFN", "Lambda", LogsElsewhere.SERVICE));
    if (hasOtherFunctions) {
      inside.remove("Lambda");
    }
    if (hasOtherLogs) {
      inside.remove(LogsElsewhere.SERVICE);
    }
    return inside;
  }

  /** Starts working; what was under way when the store was closed goes on. */
  void start() {
    metrics.resume(index);
    feed.start();
    host.start();
    lambda.start();
    if (logs.hasGroups()) {
      // What was decided in the last moments before a crash may not have been logged.
      recalling = Thread.startVirtualThread(() -> feed.recall(RECALLED_COMMITS, records::recall));
    }
  }

  /** The AWS APIs. */
  AwsServices services() {
    return services;
  }

  /** The rows of it all. */
  Storage storage() {
    return storage;
  }

  /** Its time, where that is virtual. */
  Optional<VirtualTime> virtualTime() {
    return virtualTime;
  }

  /** Removes executions that were closed long ago. */
  Retention retention() {
    return retention;
  }

  /** Has what was counted saved. To be called on a thread that may wait. */
  void saveFigures() {
    monitor.save();
  }

  /** Answers what is asked of the figures. */
  MonitoringRequest monitoring() {
    return new MonitoringRequest(monitor, metrics::running);
  }

  /** Tells what waits for somebody from outside. */
  WaitingRequest waiting() {
    return waiting;
  }

  /** What a newcomer has to look at. */
  Examples examples() {
    return examples;
  }

  /** What calls connectors. */
  EffectDispatcher calls() {
    return dispatcher;
  }

  /** The time there is here. Units: milliseconds since 1970. */
  long nowMillis() {
    return clock.nowMillis();
  }

  /** What functions and executions log. */
  LogStore logs() {
    return logs;
  }

  /** What hands decisions to those who must learn of them. */
  Feed feed() {
    return feed;
  }

  /** Messages that wait for a worker. */
  int queueDepth() {
    return host.queueDepth();
  }

  /** Stops gracefully: the present batch is committed, the store is closed. */
  @Override
  public void close() {
    lambda.close();
    host.close();
    awaitRecalled();
    awaitFeed();
    feed.close();
    monitor.save();
    otherLogs.ifPresent(LogsElsewhere::close);
    logs.close();
    storage.close();
  }

  /** Nobody reads a store that is closed. */
  private void awaitRecalled() {
    if (recalling != null) {
      try {
        recalling.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What was answered is counted. */
  private void awaitFeed() {
    try {
      feed.awaitTaken(Administration.FEED_MILLIS_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void put(AtomicReference<EmbeddedHost> host, Message message) {
    var known = host.get();
    if (known == null) {
      throw new IllegalStateException("Expected no message before the host is there");
    }
    known.put(message);
  }
}
