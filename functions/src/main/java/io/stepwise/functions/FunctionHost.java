package io.stepwise.functions;

import io.stepwise.functions.Environment.Call;
import io.stepwise.functions.InvocationResult.Throttled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs functions in processes of this machine, as many as are called at once and no more than it
 * may. A call takes the process that was free last, starts one where none is free, and is refused
 * where that would be too many.
 *
 * <p>Thread safe. Nothing here waits for a function: what comes of a call is a future.
 */
public final class FunctionHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionHost.class);

  /** How often what processes write is passed on while they work. Units: milliseconds. */
  private static final long LOG_MILLIS = 100;

  /** How long a call waits for a process that has just answered. Units: milliseconds. */
  private static final long HANDOVER_MILLIS_MAX = 50;

  private final HostSettings settings;
  private final Runtimes runtimes;
  private final LogSink logs;
  private final Path processes;
  private final ScheduledExecutorService timers;

  /** Apart from the timers: a function that writes without end delays no timeout of another. */
  private final ScheduledExecutorService logReader;

  // A process started with a death signal gets it when the thread that started it ends: so one
  // thread starts them all, and stays.
  private final ExecutorService starter;
  private final Map<String, Pool> pools = new HashMap<>();
  private final Set<Environment> idle = new LinkedHashSet<>();
  private final Set<Environment> answering = new LinkedHashSet<>();

  /** All whose processes and files may still be there. */
  private final Set<Environment> there = ConcurrentHashMap.newKeySet();

  private final List<Future<?>> watches = new ArrayList<>();
  private int running;
  private boolean closed;

  /** The processes of one revision of a version. */
  private static final class Pool implements Environment.Owner {
    private final FunctionHost host;
    private final FunctionVersion function;
    private final ArrayDeque<Environment> free = new ArrayDeque<>();
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private final Set<Environment> all = new LinkedHashSet<>();
    private int aboutToBeFree;

    Pool(FunctionHost host, FunctionVersion function) {
      this.host = host;
      this.function = function;
    }

    @Override
    public void isIdle(Environment environment) {
      host.isIdle(this, environment);
    }

    @Override
    public void hasAnswered(Environment environment) {
      host.hasAnswered(this, environment);
    }

    @Override
    public void hasEnded(Environment environment) {
      host.hasEnded(this, environment);
    }

    @Override
    public Future<?> after(int seconds, Runnable action) {
      return host.timers.schedule(action, seconds, TimeUnit.SECONDS);
    }
  }

  /** A host that has started nothing yet. Ends what a host before it left behind in its folder. */
  public FunctionHost(HostSettings settings, LogSink logs) {
    this.settings = settings;
    this.logs = logs;
    this.processes = settings.folder().resolve("processes");
    this.timers =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("function-timers").factory());
    this.logReader =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("function-logs").factory());
    this.starter =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("function-starter").factory());
    this.runtimes = new Runtimes(settings.folder().resolve("runtimes"), settings.javaHome());
    if (Files.isDirectory(processes)) {
      sweep();
    }
  }

  /** While there are processes: what they write is passed on, and those idle for long are ended. */
  private void watch() {
    if (watches.isEmpty()) {
      var every = Math.max(1, settings.idle().toSeconds() / 4);
      watches.add(
          logReader.scheduleWithFixedDelay(
              this::readLogs, LOG_MILLIS, LOG_MILLIS, TimeUnit.MILLISECONDS));
      watches.add(timers.scheduleWithFixedDelay(this::endIdle, every, every, TimeUnit.SECONDS));
    }
  }

  private void watchNoLonger() {
    watches.forEach(watch -> watch.cancel(false));
    watches.clear();
  }

  /** Ends the processes of a host that was killed. */
  private void sweep() {
    try (var left = Files.newDirectoryStream(processes)) {
      for (var folder : left) {
        ProcessGroup.kill(0, folder.getFileName().toString()); // named after the mark
        Folder.delete(folder);
      }
    } catch (IOException e) {
      LOG.warn("Expected to end the functions of a run before, but failed", e);
    }
  }

  /** Calls a function. The future always completes normally. */
  public CompletableFuture<InvocationResult> invoke(
      FunctionVersion function, Invocation invocation) {
    var call = Call.of(invocation);
    synchronized (this) {
      var pool = pools.computeIfAbsent(key(function), known -> new Pool(this, function));
      var free = pool.free.pollLast();
      if (free != null) {
        idle.remove(free);
        free.give(call);
        return call.result();
      }
      if (pool.aboutToBeFree > pool.waiting.size()) {
        pool.waiting.add(call);
        var unused =
            timers.schedule(
                () -> waitNoLonger(pool, call), HANDOVER_MILLIS_MAX, TimeUnit.MILLISECONDS);
        return call.result();
      }
      start(pool, call);
    }
    return call.result();
  }

  private static String key(FunctionVersion function) {
    return function.arn().text() + ":" + function.version() + ":" + function.revisionId();
  }

  private synchronized void waitNoLonger(Pool pool, Call call) {
    if (pool.waiting.remove(call)) {
      start(pool, call);
    }
  }

  /** Starts a process for a call, or refuses it. */
  private void start(Pool pool, Call call) {
    var function = pool.function;
    if (closed) {
      call.result().complete(new InvocationResult.Unrunnable("The function host is closed."));
      return;
    }
    if (pool.all.size() >= function.concurrencyMax()) {
      call.result()
          .complete(
              new Throttled(
                  Throttled.Reason.RESERVED_FUNCTION_CONCURRENT_INVOCATION_LIMIT_EXCEEDED));
      return;
    }
    if (running >= settings.processesMax() && !makeRoom()) {
      call.result().complete(new Throttled(Throttled.Reason.CONCURRENT_INVOCATION_LIMIT_EXCEEDED));
      return;
    }
    switch (runtimes.start(function)) {
      case Runtimes.Start.Missing(var message) ->
          call.result().complete(new InvocationResult.Unrunnable(message));
      case Runtimes.Start.Command(var words) -> {
        try {
          runtimes.prepare();
          var environment = new Environment(function, processes, logs, pool);
          pool.all.add(environment);
          there.add(environment);
          environment.whenGone(() -> there.remove(environment));
          running++;
          watch();
          environment.give(call);
          starter.execute(() -> environment.start(words, variables(function)));
        } catch (IOException e) {
          call.result()
              .complete(
                  new InvocationResult.Unrunnable(
                      "The function could not be started: " + e.getMessage()));
        }
      }
    }
  }

  /** Ends the process that has been idle longest; whether there was one. */
  private boolean makeRoom() {
    var oldest = idle.isEmpty() ? null : idle.iterator().next();
    if (oldest == null) {
      return false;
    }
    forget(oldest);
    oldest.stop();
    return true;
  }

  private synchronized void isIdle(Pool pool, Environment environment) {
    if (answering.remove(environment)) {
      pool.aboutToBeFree--;
    }
    if (closed || !pool.all.contains(environment)) {
      return; // over meanwhile, or soon
    }
    var call = pool.waiting.poll();
    if (call != null) {
      environment.give(call);
    } else if (pools.get(key(pool.function)) != pool) {
      forget(environment);
      starter.execute(environment::stop); // its version is not called any more
    } else {
      pool.free.addLast(environment);
      idle.add(environment);
    }
  }

  private synchronized void hasAnswered(Pool pool, Environment environment) {
    if (pool.all.contains(environment) && answering.add(environment)) {
      pool.aboutToBeFree++;
    }
  }

  private synchronized void hasEnded(Pool pool, Environment environment) {
    if (answering.remove(environment)) {
      pool.aboutToBeFree--;
    }
    if (pool.all.remove(environment)) {
      running--;
      if (running == 0) {
        watchNoLonger();
      }
    }
    pool.free.remove(environment);
    idle.remove(environment);
    while (pool.waiting.size() > pool.aboutToBeFree) {
      start(pool, pool.waiting.remove());
    }
  }

  private void forget(Environment environment) {
    idle.remove(environment);
    pools.values().forEach(pool -> pool.free.remove(environment));
  }

  /** Has the processes of a function end, but for calls under way; new calls get new ones. */
  public synchronized void retire(String functionArn) {
    var ended = new LinkedHashSet<Environment>();
    pools
        .entrySet()
        .removeIf(
            entry -> {
              var pool = entry.getValue();
              if (!pool.function.arn().text().equals(functionArn)) {
                return false;
              }
              ended.addAll(pool.free);
              return true;
            });
    for (var environment : ended) {
      idle.remove(environment);
      starter.execute(environment::stop);
    }
  }

  private void readLogs() {
    there.forEach(Environment::readLog);
  }

  private void endIdle() {
    synchronized (this) {
      for (var environment : Set.copyOf(idle)) {
        if (environment.idleNanos() > settings.idle().toNanos()) {
          forget(environment);
          starter.execute(environment::stop);
        }
      }
    }
  }

  /** Processes that are there. */
  public synchronized int processes() {
    return running;
  }

  private Map<String, String> variables(FunctionVersion function) {
    var name = function.arn().name();
    Map<String, String> variables = new HashMap<>(settings.inherited());
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.put("PATH", Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin"));
    runtimes
        .modulePath(function)
        .ifPresent(
            path ->
                variables.put(
                    function.runtime().startsWith("nodejs") ? "NODE_PATH" : "PYTHONPATH", path));
    function
        .layers()
        .ifPresent(
            opt -> variables.put("LD_LIBRARY_PATH", function.code() + "/lib:" + opt + "/lib"));
    variables.putAll(function.environment());
    settings
        .endpoint()
        .get()
        .ifPresent(
            url -> {
              variables.putIfAbsent("AWS_ENDPOINT_URL", url);
              variables.put("AWS_DISABLE_HOST_PREFIX_INJECTION", "true");
            });
    variables.put("AWS_ACCESS_KEY_ID", function.arn().account());
    variables.put("AWS_SECRET_ACCESS_KEY", "stepwise");
    variables.put("AWS_SESSION_TOKEN", "stepwise");
    variables.put("AWS_REGION", function.arn().region());
    variables.put("AWS_DEFAULT_REGION", function.arn().region());
    if (!function.runtime().startsWith("provided")) {
      variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.runtime());
    }
    variables.put("_HANDLER", function.handler());
    variables.put("LAMBDA_TASK_ROOT", function.taskRoot().toString());
    variables.put("LAMBDA_RUNTIME_DIR", settings.folder().resolve("runtimes").toString());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", name);
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", function.version());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", function.logGroup());
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    if (function.jsonLogs()) {
      variables.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    }
    return variables;
  }

  /** Ends all processes; calls under way are cut off. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      pools.clear();
    }
    timers.shutdownNow();
    logReader.shutdown();
    starter.shutdown();
    var last = List.copyOf(there);
    last.forEach(Environment::stop);
    last.forEach(Environment::awaitEnd);
  }
}
