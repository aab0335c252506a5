package io.stepwise.server.logging;

import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.model.Dialect;
import io.stepwise.aws.model.ServiceModels;
import io.stepwise.connectors.aws.AwsClient;
import io.stepwise.expression.Json;
import io.stepwise.logs.LogStore.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends records of executions to the CloudWatch Logs that the user named. What it does not take in
 * time is dropped, and counted in the server's log; what a crash takes from the queue is lost.
 *
 * <p>Limits: {@value #WAITING_MAX} records wait at most.
 */
public final class LogsElsewhere implements RecordSink, AutoCloseable {
  /** CloudWatch Logs, as the models of AWS's services call it. */
  public static final String SERVICE = "CloudWatch Logs";

  private static final Logger LOG = LoggerFactory.getLogger(LogsElsewhere.class);
  private static final int WAITING_MAX = 10_000;

  /** Records, and bytes, of one request. Source: AWS, PutLogEvents: 10,000 and 1 MB. */
  private static final int BATCH_MAX = 1_000;

  private static final int BATCH_BYTES_MAX = 900_000;

  /** What each record counts beside its text. Source: AWS, PutLogEvents. Units: bytes. */
  private static final int RECORD_OVERHEAD = 26;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final AwsClient client;
  private final AwsLocation location;
  private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final AtomicLong dropped = new AtomicLong();
  private final Set<Stream> known = new HashSet<>();
  private final Thread sender;

  private record Stream(String group, String name) {}

  private record Waiting(Stream stream, Line record) {}

  /**
   * The CloudWatch Logs that {@code client} reaches.
   *
   * @param location on whose behalf it is called
   */
  public LogsElsewhere(AwsClient client, AwsLocation location) {
    this.client = client;
    this.location = location;
    this.sender = Thread.ofVirtual().name("logs-elsewhere").start(this::send);
  }

  @Override
  public void offer(String groupArn, String stream, Line record) {
    var group = groupArn.replaceFirst("^.*:log-group:", "");
    if (!waiting.offer(new Waiting(new Stream(group, stream), record))) {
      dropped.incrementAndGet();
    }
  }

  /** Nothing is sent again after a restart: who looks can't tell what came twice. */
  @Override
  public boolean hasEvent(String groupArn, String executionArn, long eventId, long millis) {
    return true;
  }

  private void send() {
    try {
      while (true) {
        List<Waiting> some = new ArrayList<>();
        some.add(waiting.take());
        waiting.drainTo(some, BATCH_MAX - 1);
        Map<Stream, List<Line>> byStream = new LinkedHashMap<>();
        for (var one : some) {
          byStream.computeIfAbsent(one.stream(), stream -> new ArrayList<>()).add(one.record());
        }
        for (var lines : byStream.entrySet()) {
          send(lines.getKey(), lines.getValue());
        }
        var lost = dropped.getAndSet(0);
        if (lost > 0) {
          LOG.warn("{} records of executions were dropped: CloudWatch Logs is too slow", lost);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Stream stream, List<Line> lines) throws InterruptedException {
    lines.sort(Comparator.comparingLong(Line::millis));
    var request = request(stream);
    var bytes = 0;
    for (var line : lines) {
      var more = line.message().length() * 3 + RECORD_OVERHEAD;
      if (bytes > 0 && bytes + more > BATCH_BYTES_MAX) {
        put(stream, request);
        request = request(stream);
        bytes = 0;
      }
      request
          .withArray("LogEvents")
          .addObject()
          .put("Timestamp", line.millis())
          .put("Message", line.message());
      bytes += more;
    }
    put(stream, request);
  }

  private static ObjectNode request(Stream stream) {
    return Json.nodes()
        .objectNode()
        .put("LogGroupName", stream.group())
        .put("LogStreamName", stream.name());
  }

  private void put(Stream stream, ObjectNode request) throws InterruptedException {
    if (known.add(stream)) {
      call("createLogStream", request(stream)); // there already is as good
    }
    var refusal = call("putLogEvents", request);
    if (refusal.isPresent()) {
      known.remove(stream);
      LOG.warn(
          "{} records of executions could not be logged in {}: {}",
          request.path("LogEvents").size(),
          stream.group(),
          refusal.get());
    }
  }

  private Optional<String> call(String action, ObjectNode parameters) throws InterruptedException {
    var service = ServiceModels.BUILT_IN.find("cloudwatchlogs", Dialect.SDK).orElseThrow();
    try {
      var answer =
          client
              .call(
                  new AwsClient.Call(
                      service,
                      service.operation(action).orElseThrow(),
                      parameters,
                      location,
                      Optional.empty(),
                      TIMEOUT,
                      () -> ""))
              .get();
      return answer instanceof AwsClient.Answer.Refused(var failure)
          ? Optional.of(failure.code() + ": " + failure.message())
          : Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(String.valueOf(e.getCause()));
    } catch (RuntimeException e) {
      return Optional.of(String.valueOf(e));
    }
  }

  @Override
  public void close() {
    sender.interrupt();
  }
}
