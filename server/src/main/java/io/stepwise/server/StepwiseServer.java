package io.stepwise.server;

import io.stepwise.api.ApiHandler;
import io.stepwise.api.Backend;
import io.stepwise.api.Identity;
import io.stepwise.api.Operation;
import io.stepwise.api.operation.Operations;
import io.stepwise.connectors.lambda.LambdaConnector;
import io.stepwise.edge.HttpClient;
import io.stepwise.edge.HttpServer;
import io.stepwise.edge.HttpServerConfig;
import io.stepwise.edge.Loops;
import io.stepwise.engine.Decider;
import io.stepwise.engine.Limits;
import io.stepwise.host.embedded.EmbeddedHost;
import io.stepwise.integration.Connectors;
import io.stepwise.runtime.ActivityTasks;
import io.stepwise.runtime.Clock;
import io.stepwise.runtime.EffectDispatcher;
import io.stepwise.runtime.MailboxGateway;
import io.stepwise.runtime.Message;
import io.stepwise.runtime.ShardStep;
import io.stepwise.runtime.TaskCalls;
import io.stepwise.runtime.catalog.Catalog;
import io.stepwise.runtime.mock.MockConfig;
import io.stepwise.server.config.ServerConfig;
import io.stepwise.server.metrics.ApiMetrics;
import io.stepwise.server.metrics.ExecutionMetrics;
import io.stepwise.server.metrics.Exposition;
import io.stepwise.storage.ExecutionStore;
import io.stepwise.storage.InMemoryStorage;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole server in one process, wired here from top to bottom.
 *
 * <pre>
 * HttpServer ─▶ Routes ─▶ ApiHandler ─▶ MailboxGateway ─▶ EmbeddedHost ─▶ ShardStep ─▶ Storage
 *                                                              ▲             │ effects
 *                                                              └── EffectDispatcher ─▶ connectors
 * </pre>
 */
public final class StepwiseServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StepwiseServer.class);

  private final DataFolder data;
  private final Loops loops;
  private final EmbeddedHost host;
  private final HttpServer http;
  private final ScheduledExecutorService timers;
  private final Health health;
  private final Examples examples;
  private final ServerConfig config;

  /** Builds a server; it runs once {@link #start} is called. */
  public StepwiseServer(ServerConfig config) {
    this.config = config;
    // First of all: a server that was told wrong must leave nothing behind.
    var mocks = config.mockConfig().map(Mocks::read).orElse(MockConfig.NONE);
    this.data =
        config.dataFolder().isPresent()
            ? DataFolder.open(config.dataFolder().get())
            : DataFolder.of(new InMemoryStorage());
    var storage = data.storage();
    var clock = Clock.real();
    this.loops = new Loops(1);
    this.timers =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timers").factory());
    var catalog = new Catalog(storage, clock);
    this.health = new Health();
    // The host, the dispatcher and the steps know each other in a circle: messages close it.
    var hostLater = new AtomicReference<EmbeddedHost>();
    var activities = new ActivityTasks(message -> put(hostLater, message), timers);
    var connectors =
        new Connectors(
            List.of(new LambdaConnector(config.lambdaEndpoint(), new HttpClient(loops))));
    var dispatcher =
        new EffectDispatcher(
            message -> put(hostLater, message), catalog, connectors, activities, mocks);
    var limits = Limits.AWS.withWaitTimeScale(config.waitTimeScale());
    var decider = new Decider(limits, catalog::activityExists);
    var workers = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    var seeds = new SecureRandom();
    var executions = new ExecutionMetrics();
    this.host =
        new EmbeddedHost(
            data.shards(),
            workers,
            clock,
            worker ->
                new ShardStep(
                    storage,
                    catalog,
                    decider,
                    clock,
                    dispatcher,
                    data.shards(),
                    workers,
                    worker,
                    seeds.nextLong(),
                    executions),
            this::fault);
    hostLater.set(host);
    var store = new ExecutionStore(storage, catalog::revision);
    var gateway = new MailboxGateway(host, activities);
    var blocking = Executors.newVirtualThreadPerTaskExecutor();
    var calls = new TaskCalls(message -> put(hostLater, message), catalog, connectors, activities);
    var backend =
        new Backend(gateway, store, storage, catalog, clock, blocking, calls, limits, mocks);
    var operations = Operations.on(backend);
    var api =
        new ApiMetrics(
            new ApiHandler(operations, new Identity(config.region(), config.account()), blocking),
            operations.stream().map(Operation::name).collect(Collectors.toSet()));
    var metrics = new Exposition(executions, api, host::queueDepth);
    this.http =
        new HttpServer(
            HttpServerConfig.of(config.host(), config.port()),
            loops,
            new Routes(api, new Administration(storage), health, metrics, host::queueDepth));
    this.examples = new Examples(catalog, gateway, config);
    new Retention(store, clock, config.retention()).start(timers);
  }

  /** Starts working and listening; returns the port. */
  public int start() throws IOException {
    host.start();
    if (config.withExamples()) {
      examples.putIfEmpty();
    }
    var port = http.start();
    health.ready();
    return port;
  }

  /** What it was told at its start. */
  public ServerConfig config() {
    return config;
  }

  /** Stops gracefully: no new requests, the present batch is committed, the store is closed. */
  @Override
  public void close() {
    health.stopping();
    http.close();
    host.close();
    loops.close();
    timers.shutdownNow();
    data.storage().close();
  }

  private static void put(AtomicReference<EmbeddedHost> host, Message message) {
    var known = host.get();
    if (known == null) {
      throw new IllegalStateException("Expected no message before the host is there");
    }
    known.put(message);
  }

  /** Storage failed: nothing can be acknowledged any more, and going on could lie. */
  private void fault(String worker, Throwable fault) {
    LOG.error("{} stopped: the store can't be relied on. The process ends.", worker, fault);
    Runtime.getRuntime().halt(70);
  }
}
