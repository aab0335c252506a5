package io.stepwise.server;

import io.stepwise.connectors.lambda.LambdaEndpoint;
import io.stepwise.connectors.mock.MockConfigReader;
import io.stepwise.edge.Handler;
import io.stepwise.edge.HttpClient;
import io.stepwise.edge.HttpServer;
import io.stepwise.edge.HttpServerConfig;
import io.stepwise.edge.Loops;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.expression.Json;
import io.stepwise.functions.FunctionHost;
import io.stepwise.functions.FunctionVersion;
import io.stepwise.functions.HostSettings;
import io.stepwise.host.embedded.RocksDbStorage;
import io.stepwise.integration.Mocks;
import io.stepwise.logs.LogGroup;
import io.stepwise.logs.LogStore;
import io.stepwise.protocol.Operation;
import io.stepwise.runtime.time.VirtualTime;
import io.stepwise.server.config.ServerConfig;
import io.stepwise.server.logging.FunctionLog;
import io.stepwise.server.logging.RequestLog;
import io.stepwise.server.metrics.ApiMetrics;
import io.stepwise.server.metrics.ExecutionMetrics;
import io.stepwise.server.metrics.Exposition;
import io.stepwise.services.lambda.LambdaService;
import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.StorageFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole server in one process, wired here from top to bottom.
 *
 * <pre>
 * HttpServer ─▶ Routes ─▶ ApiMetrics ─▶ Core: the API, the engine, the store
 *                    └──▶ Administration ─▶ Core
 * </pre>
 */
public final class StepwiseServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StepwiseServer.class);

  /** How long a function's process waits for its next call. */
  private static final Duration FUNCTION_IDLE = Duration.ofMinutes(10);

  /** How much is counted before it is saved; so much is lost where the process is killed. */
  private static final int SAVE_SECONDS = 5;

  private final ServerConfig config;
  private final Mocks mocks;
  private final FunctionFolder functions;
  private final FunctionHost functionHost;
  private final Loops loops;
  private final HttpClient outgoing = new HttpClient();
  private final HttpServer http;
  private final ScheduledExecutorService timers;
  private final Health health;
  private final ExecutionMetrics executions = new ExecutionMetrics();
  private final LiveEvents events;
  private volatile Core core;
  private volatile Optional<String> endpoint = Optional.empty();

  /** Does what takes long and is the same for every server, so that {@link #start} is faster. */
  public static void prepare() {
    try {
      RocksDbStorage.prepare();
      Json.mapper();
    } catch (RuntimeException | LinkageError e) {
      // Whoever needs it will find out, and knows what to say.
      LOG.debug("Expected to prepare a start", e);
    }
  }

  /** Builds a server; it runs once {@link #start} is called. */
  public StepwiseServer(ServerConfig config) {
    this.config = config;
    this.health = new Health(config.dataFolder().isPresent() ? "disk" : "memory");
    // First of all: a server that was told wrong must leave nothing behind.
    this.mocks = config.mockConfig().<Mocks>map(MockConfigReader::read).orElse(Mocks.NONE);
    var data = config.dataFolder().map(DataFolder::open).orElseGet(StepwiseServer::emptyMemory);
    this.loops = new Loops(1);
    this.timers =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timers").factory());
    this.functions = FunctionFolder.of(config.dataFolder());
    this.functionHost = new FunctionHost(functionSettings(), new FunctionLog(this::keep));
    this.events = new LiveEvents(timers);
    this.core = newCore(data);
    var api = new ApiMetrics(logged(new CurrentApi()), () -> core.services());
    var metrics = new Exposition(executions, api, () -> core.feed().figures(), this::tellGauges);
    this.http =
        new HttpServer(
            HttpServerConfig.of(config.host(), config.port(), StepwiseServer::bodyBytesMax),
            loops,
            new OriginGuard(
                new Routes(
                    api,
                    new Administration(() -> core, this::reset),
                    health,
                    metrics,
                    events,
                    () -> core.queueDepth(),
                    () -> core.feed(),
                    config.consoleFolder().map(ConsoleFiles::new)),
                config.allowedHosts(),
                config.allowedOrigins()));
    timers.scheduleWithFixedDelay(
        () -> Thread.startVirtualThread(() -> core.retention().run()), 1, 10, TimeUnit.MINUTES);
    timers.scheduleWithFixedDelay(
        () -> Thread.startVirtualThread(() -> core.logs().trim()), 1, 10, TimeUnit.MINUTES);
    timers.scheduleWithFixedDelay(
        () -> Thread.startVirtualThread(() -> core.saveFigures()),
        SAVE_SECONDS,
        SAVE_SECONDS,
        TimeUnit.SECONDS);
  }

  /** Keeps a line that a function wrote: in the store of the core that is there now. */
  private void keep(FunctionVersion function, String stream, String line) {
    var now = core;
    if (now != null) { // not before the first: a process of a run before may end then
      now.logs().offer(group(function), stream, new LogStore.Line(now.nowMillis(), line));
    }
  }

  private static String group(FunctionVersion function) {
    var location = function.arn().location();
    return LogGroup.arn(
        location.partition(), location.region(), location.account(), function.logGroup());
  }

  private HostSettings functionSettings() {
    return new HostSettings(
        functions.host(),
        config.functionProcessesMax(),
        FUNCTION_IDLE,
        () -> endpoint,
        Map.of(),
        Path.of(System.getProperty("java.home")));
  }

  /** The API of the core that is there now. */
  private final class CurrentApi implements Handler {
    @Override
    public void handle(Request request, Responder responder) {
      core.services().handle(request, responder);
    }

    @Override
    public void refuse(Request head, Refusal refusal, Responder responder) {
      core.services().refuse(head, refusal, responder);
    }
  }

  private static int bodyBytesMax(String method, String uri) {
    return LambdaService.bodyBytesMax(uri).orElse(HttpServerConfig.BODY_BYTES_MAX);
  }

  private void tellGauges(Exposition.Gauges.Receiver receiver) {
    var now = core;
    receiver.gauge(
        "stepwise_queue_depth", "Messages that wait for a shard worker", now.queueDepth());
    receiver.gauge(
        "stepwise_store_bytes", "Size of the store; 0 in memory", now.storage().sizeBytes());
    receiver.gauge(
        "stepwise_connector_calls", "Calls of connectors in flight", now.calls().callsInFlight());
    receiver.gauge(
        "stepwise_connector_calls_waiting",
        "Tasks that wait for a place among the calls of their connector",
        now.calls().callsWaiting());
  }

  private Handler logged(Handler api) {
    return config.logRequests() ? new RequestLog(api, () -> core.services()) : api;
  }

  private Core newCore(DataFolder data) {
    return new Core(
        config,
        data,
        mocks,
        new LambdaEndpoint(config.lambdaEndpoint(), outgoing),
        outgoing,
        functionHost,
        functions.code(),
        timers,
        executions,
        events,
        this::fault);
  }

  private static DataFolder emptyMemory() {
    return DataFolder.of(new InMemoryStorage());
  }

  /** Starts working and listening; returns the port. */
  public int start() throws IOException {
    core.start();
    if (config.withExamples()) {
      core.examples().putIfEmpty();
    }
    try {
      var port = http.start();
      endpoint = Optional.of("http://127.0.0.1:" + port);
      health.ready();
      LOG.atInfo()
          .addKeyValue("version", Version.TEXT)
          .addKeyValue("address", config.host() + ":" + port)
          .addKeyValue("data", config.dataFolder().map(Path::toString).orElse("memory"))
          .addKeyValue("account", config.account())
          .addKeyValue("region", config.region())
          .log("started");
      return port;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** The operations of Step Functions, each with the shape of its input. */
  public List<Operation> operations() {
    return core.services().service("states").operations();
  }

  /** What it was told at its start. */
  public ServerConfig config() {
    return config;
  }

  /** Its time, where that is virtual; a reset makes another. */
  public Optional<VirtualTime> virtualTime() {
    return core.virtualTime();
  }

  /**
   * Drops everything the server was given since its start: what a test leaves behind. Requests
   * under way are answered by what is dropped, or not at all.
   *
   * <p>Errors: {@link IllegalStateException} where the server keeps its data on disk.
   */
  public void reset() {
    if (config.dataFolder().isPresent()) {
      throw new IllegalStateException(
          "Expected a server started with --memory: one that keeps its data is not emptied");
    }
    synchronized (this) {
      var old = core;
      var next = newCore(emptyMemory());
      next.start();
      core = next;
      old.close();
      events.restart();
    }
  }

  /** Stops gracefully: no new requests, the present batch is committed, the store is closed. */
  @Override
  public void close() {
    health.stopping();
    LOG.info("stopping");
    http.close();
    core.close();
    functionHost.close();
    functions.close();
    loops.close();
    outgoing.close();
    timers.shutdownNow();
  }

  /** Storage failed: nothing can be acknowledged any more, and going on could lie. */
  private void fault(String worker, Throwable fault) {
    LOG.error(
        "{} stopped, and nothing can be acknowledged any more; the process ends. {}",
        worker,
        fault instanceof StorageFault known ? known.getMessage() : "See the stack trace.",
        fault);
    Runtime.getRuntime().halt(70);
  }
}
