package io.stepwise.services.lambda;

import io.stepwise.aws.Arn;
import io.stepwise.aws.FunctionArn;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.functions.InvocationResult;
import io.stepwise.protocol.AwsException;
import io.stepwise.services.lambda.Invoker.Ran;
import io.stepwise.storage.Storage;
import io.stepwise.storage.StorageFault;
import io.stepwise.storage.Tables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asynchronous calls of functions: accepted once they are stored, tried until they are over.
 *
 * <pre>
 * accept ─▶ row ─▶ due ─▶ call ─┬─ answered ─────────▶ row removed, OnSuccess told
 *                  ▲            ├─ error ─▶ again after 1 and 2 minutes; then OnFailure told
 *                  └────────────┴─ no room ─▶ again after 1 s to 5 min, until it is too old
 * </pre>
 *
 * <p>Who is told is a function, which is called likewise: its row is written with the removal of
 * the other. A call whose row was not removed before a crash is made again.
 *
 * <p>Limits: {@value #UNDER_WAY_MAX} calls at a time. Source: AWS, "How Lambda handles errors and
 * retries with asynchronous invocation".
 */
final class EventQueue implements AutoCloseable {
  static final Tables.Table TABLE =
      new Tables.Table('V', "asynchronous calls of functions", "lambda", 1);

  private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);
  private static final int UNDER_WAY_MAX = 32;
  private static final long MINUTE = 60_000;
  private static final long REFUSED_MILLIS_MAX = 5 * MINUTE;

  /** How often the time is looked at, which may be virtual and go by leaps. Units: milliseconds. */
  private static final long LOOK_MILLIS = 200;

  private final Storage storage;
  private final LambdaFunctions functions;
  private final Invoker invoker;
  private final LongSupplier nowMillis;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Due> waiting = new PriorityQueue<>();
  private final ReentrantLock writing = new ReentrantLock();
  private long next;
  private boolean isStoreClosed;
  private int underWay;
  private boolean closed;
  private @Nullable Thread thread;

  /** When a row is due. */
  private record Due(long millis, long number) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      var byTime = Long.compare(millis, other.millis);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  /** The queue as it stands in a store; nothing is called before {@link #start}. */
  EventQueue(Storage storage, LambdaFunctions functions, Invoker invoker, LongSupplier nowMillis) {
    this.storage = storage;
    this.functions = functions;
    this.invoker = invoker;
    this.nowMillis = nowMillis;
    storage.scan(
        key(0),
        key(Long.MAX_VALUE),
        (key, row) -> {
          var number = ByteBuffer.wrap(key).getLong(1);
          waiting.add(new Due(QueuedEvent.read(row).dueMillis(), number));
          next = number;
          return true;
        });
    next++;
  }

  private static byte[] key(long number) {
    return ByteBuffer.allocate(9).put((byte) TABLE.prefix()).putLong(number).array();
  }

  /** Begins to call. */
  void start() {
    lock.lock();
    try {
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name("function-events").start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Accepts a call: it is stored when this returns. */
  void accept(FunctionName name, byte[] payload, @Nullable String traceId, String requestId) {
    var now = nowMillis.getAsLong();
    var event =
        new QueuedEvent(
            name.qualifier() == null ? name.arn().text() : name.qualified(),
            requestId,
            new String(payload, StandardCharsets.UTF_8),
            traceId,
            now,
            0,
            0,
            now);
    write(null, List.of(event));
  }

  /** Replaces a row by others, together; what they hold is due from then on. */
  private void write(@Nullable Long removed, List<QueuedEvent> added) {
    var due = new ArrayList<Due>();
    writing.lock();
    try {
      if (isStoreClosed) {
        throw new IllegalStateException("Expected no asynchronous call after the end");
      }
      var batch = storage.newBatch();
      if (removed != null) {
        batch.delete(key(removed));
      }
      for (var event : added) {
        var number = next++;
        batch.put(key(number), event.row());
        due.add(new Due(event.dueMillis(), number));
      }
      storage.commit(batch);
    } finally {
      writing.unlock();
    }
    lock.lock();
    try {
      waiting.addAll(due);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // ── Calling ────────────────────────────────────────────────────────────────────────────────

  private void run() {
    try {
      while (awaitDue()) {
        callDue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitDue() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        var first = waiting.peek();
        if (first == null || underWay >= UNDER_WAY_MAX) {
          changed.await();
        } else if (first.millis() > nowMillis.getAsLong()) {
          var unused = changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } else {
          return true;
        }
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Begins the calls that are due by now, as many as there is room for; how many. */
  int callDue() {
    var begun = 0;
    for (var due = nextDue(); due != null; due = nextDue()) {
      begun++;
      var number = due.number();
      Thread.startVirtualThread(() -> call(number));
    }
    return begun;
  }

  private @Nullable Due nextDue() {
    lock.lock();
    try {
      var first = waiting.peek();
      if (closed
          || first == null
          || underWay >= UNDER_WAY_MAX
          || first.millis() > nowMillis.getAsLong()) {
        return null;
      }
      underWay++;
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  private void call(long number) {
    var row = row(number);
    if (row == null) {
      over();
      return;
    }
    var event = QueuedEvent.read(row);
    try {
      var config = functions.eventConfigFor(event.name());
      var refused = refusal(event, config);
      if (refused != null) {
        end(number, event, config, refused, null);
        over();
        return;
      }
      var unused =
          invoker
              .run(name(event), event.bytes(), event.requestId(), event.traceId())
              .whenComplete(
                  (ran, failure) ->
                      Thread.startVirtualThread(() -> went(number, event, config, ran, failure)));
    } catch (RuntimeException e) {
      went(number, event, EventInvokeConfig.defaults(event.name()), null, e);
    }
  }

  private byte @Nullable [] row(long number) {
    writing.lock();
    try {
      return isStoreClosed ? null : storage.get(key(number));
    } finally {
      writing.unlock();
    }
  }

  private static FunctionName name(QueuedEvent event) {
    if (!(Arn.parse(event.name()).orElse(null) instanceof FunctionArn arn)) {
      throw new IllegalStateException("Expected the ARN of a function, found " + event.name());
    }
    return FunctionName.of(event.name(), null, arn.location());
  }

  /** Why a call is not tried any more, or null. */
  private @Nullable String refusal(QueuedEvent event, EventInvokeConfig config) {
    if (nowMillis.getAsLong() - event.acceptedMillis() > config.ageMillis()) {
      return "EventAgeExceeded";
    }
    var reserved =
        functions.find(name(event).arn()).map(LambdaFunction::reservedConcurrency).orElse(null);
    return Objects.equals(reserved, 0) ? "ZeroReservedConcurrency" : null;
  }

  private void went(
      long number,
      QueuedEvent event,
      EventInvokeConfig config,
      @Nullable Ran ran,
      @Nullable Throwable failure) {
    try {
      if (isOver()) {
        return; // its row is still there: it is made again after the next start
      }
      var now = nowMillis.getAsLong();
      if (ran == null) {
        failed(number, event, failure);
      } else if (!(ran.result() instanceof InvocationResult.Answered answered)) {
        var pause = Math.min(REFUSED_MILLIS_MAX, 1_000L << Math.min(20, event.refusals()));
        write(number, List.of(event.afterRefusal(now + pause)));
      } else if (!answered.isError()) {
        end(number, event, config, "Success", ran);
      } else if (event.errors() >= config.retries()) {
        end(number, event.afterError(now), config, "RetriesExhausted", ran);
      } else {
        write(number, List.of(event.afterError(now + (event.errors() + 1) * MINUTE)));
      }
    } catch (IllegalStateException e) {
      LOG.debug("Expected to note how an asynchronous call went, but the server ends", e);
    } catch (StorageFault e) {
      LOG.error(
          "{}: an asynchronous call of {} is made again after a restart",
          e.code(),
          event.name(),
          e);
    } finally {
      over();
    }
  }

  private boolean isOver() {
    writing.lock();
    try {
      return isStoreClosed;
    } finally {
      writing.unlock();
    }
  }

  /** What can't be called at all: the function is gone, or can't be run. */
  private void failed(long number, QueuedEvent event, @Nullable Throwable failure) {
    var cause =
        failure != null && failure.getCause() instanceof AwsException wrapped ? wrapped : failure;
    if (cause instanceof AwsException refused) {
      LOG.warn(
          "An asynchronous call of {} is dropped, request {}: {}",
          event.name(),
          event.requestId(),
          refused.error().message());
      write(number, List.of());
    } else {
      LOG.error("Expected to call {}, but failed", event.name(), failure);
      write(number, List.of(event.afterRefusal(nowMillis.getAsLong() + REFUSED_MILLIS_MAX)));
    }
  }

  /** It is over: who is to be told is called with what is removed. */
  private void end(
      long number,
      QueuedEvent event,
      EventInvokeConfig config,
      String condition,
      @Nullable Ran ran) {
    var now = nowMillis.getAsLong();
    var isSuccess = condition.equals("Success");
    var told = new ArrayList<QueuedEvent>();
    config
        .destination(isSuccess)
        .ifPresent(
            destination ->
                told.add(
                    new QueuedEvent(
                        destination,
                        UUID.randomUUID().toString(),
                        Json.print(record(event, condition, ran, now)),
                        null,
                        now,
                        0,
                        0,
                        now)));
    if (!isSuccess && told.isEmpty()) {
      LOG.warn(
          "An asynchronous call of {} has failed, request {}: {}",
          event.name(),
          event.requestId(),
          condition);
    }
    write(number, told);
  }

  private void over() {
    lock.lock();
    try {
      underWay--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Calls that are not over. */
  int size() {
    lock.lock();
    try {
      return waiting.size() + underWay;
    } finally {
      lock.unlock();
    }
  }

  // ── What a destination is told ─────────────────────────────────────────────────────────────

  private static ObjectNode record(
      QueuedEvent event, String condition, @Nullable Ran ran, long nowMillis) {
    var record = Json.nodes().objectNode();
    record.put("version", "1.0");
    record.put(
        "timestamp", Instant.ofEpochMilli(nowMillis).truncatedTo(ChronoUnit.MILLIS).toString());
    var context = record.putObject("requestContext");
    context.put("requestId", event.requestId());
    context.put("functionArn", qualified(event));
    context.put("condition", condition);
    var answered =
        ran != null && ran.result() instanceof InvocationResult.Answered answer ? answer : null;
    context.put(
        "approximateInvokeCount",
        answered == null || answered.isError() ? event.errors() : event.errors() + 1);
    record.set("requestPayload", json(event.payload()));
    if (ran != null && answered != null) {
      var response = record.putObject("responseContext");
      response.put("statusCode", 200);
      response.put("executedVersion", ran.version());
      if (answered.isError()) {
        response.put("functionError", "Unhandled");
      }
      record.set("responsePayload", json(new String(answered.payload(), StandardCharsets.UTF_8)));
    }
    return record;
  }

  private static String qualified(QueuedEvent event) {
    return name(event).qualified();
  }

  private static JsonNode json(String text) {
    if (text.isEmpty()) {
      return Json.nodes().objectNode();
    }
    try {
      return Json.parse(text);
    } catch (InvalidJsonException e) {
      return Json.nodes().stringNode(text);
    }
  }

  /** Begins no more calls; those that are not over are made again after the next start. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    writing.lock();
    try {
      isStoreClosed = true;
    } finally {
      writing.unlock();
    }
  }
}
