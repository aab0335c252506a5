package io.stepwise.server.logging;

import io.stepwise.catalog.Settings.Logging;
import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.history.HistoryWriter;
import io.stepwise.expression.Json;
import io.stepwise.logs.LogStore.Line;
import io.stepwise.runtime.feed.FeedConsumer;
import io.stepwise.runtime.feed.FeedEntry;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Logs the events of executions where their state machines say so: a record each, in the log group
 * of {@code loggingConfiguration}. Source: AWS, "Using CloudWatch Logs to log execution history in
 * Step Functions".
 *
 * <p>What a crash takes from the backlog of the log store is still in the feed: {@link #recall}
 * writes it again. Express executions are in no feed.
 */
public final class ExecutionRecords implements FeedConsumer {
  /** State machines, and redriven executions, that are remembered. */
  private static final int REMEMBERED_MAX = 10_000;

  /** A record may not be longer. Source: AWS, as above. Units: characters. */
  private static final int RECORD_MAX = 248 << 10;

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final RecordSink sink;
  private final LongFunction<Logging> loggingOf;
  private final Map<Long, Target> targets = new Remembered<>();
  private final Map<Long, Long> redrives = new Remembered<>();

  /** Where the records of a state machine go, and which of them. */
  private record Target(LogLevel level, boolean withData, String group, String name, String id) {}

  private static final class Remembered<V> extends LinkedHashMap<Long, V> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
      return size() > REMEMBERED_MAX;
    }
  }

  /**
   * With a place for the records.
   *
   * @param loggingOf what a revision of a state machine, by its id, says of logging
   */
  public ExecutionRecords(RecordSink sink, LongFunction<Logging> loggingOf) {
    this.sink = sink;
    this.loggingOf = loggingOf;
  }

  @Override
  public String name() {
    return "execution-records";
  }

  @Override
  public void take(FeedEntry entry) {
    take(entry, false);
  }

  /** Takes an entry that may have been taken before a crash, and logs what of it is missing. */
  public void recall(FeedEntry entry) {
    take(entry, true);
  }

  private void take(FeedEntry entry, boolean again) {
    var header = entry.header();
    var target = target(header);
    if (target.level() == LogLevel.OFF) {
      return;
    }
    for (Event event : entry.events()) {
      if (event instanceof HistoryEvent shown) {
        if (shown.details() instanceof EventDetails.Redriven redriven) {
          remember(header, redriven.redriveCount());
        }
        if (target.level().includes(shown.type())) {
          log(header, target, shown, again);
        }
      }
    }
  }

  private void log(ExecutionHeader header, Target target, HistoryEvent event, boolean again) {
    var millis = event.timestampMillis();
    if (again
        && sink.hasEvent(
            target.group(), header.arn().text(), event.id(), event.timestampMillis())) {
      return;
    }
    sink.offer(
        target.group(),
        "states/"
            + target.name()
            + "/"
            + HOUR.format(Instant.ofEpochMilli(millis))
            + "/"
            + target.id(),
        new Line(millis, record(header, event, target.withData())));
  }

  private Target target(ExecutionHeader header) {
    synchronized (targets) {
      return targets.computeIfAbsent(header.machine().id(), id -> newTarget(header, id));
    }
  }

  private Target newTarget(ExecutionHeader header, long revision) {
    var logging = loggingOf.apply(revision);
    var arn =
        Optional.ofNullable(logging.logGroupArns()).flatMap(arns -> arns.stream().findFirst());
    var level = arn.isEmpty() ? LogLevel.OFF : LogLevel.valueOf(logging.level());
    return new Target(
        level,
        logging.includeExecutionData(),
        arn.map(text -> text.replaceFirst(":\\*$", "")).orElse(""),
        header.machine().name(),
        String.format("%08x", header.machine().stateMachineArn().text().hashCode()));
  }

  private void remember(ExecutionHeader header, long redriveCount) {
    synchronized (redrives) {
      redrives.put(header.id(), redriveCount);
    }
  }

  private long redriveCount(ExecutionHeader header) {
    synchronized (redrives) {
      return redrives.getOrDefault(header.id(), 0L);
    }
  }

  // ── A record ───────────────────────────────────────────────────────────────────────────────

  /** The record of an event: its numbers are text. */
  private String record(ExecutionHeader header, HistoryEvent event, boolean withData) {
    var record = Json.nodes().objectNode();
    record.put("id", Long.toString(event.id()));
    record.put("type", event.type().name());
    record.set("details", details(event, withData));
    record.put("previous_event_id", Long.toString(event.previousEventId()));
    record.put("event_timestamp", Long.toString(event.timestampMillis()));
    record.put("execution_arn", header.arn().text());
    record.put("redrive_count", Long.toString(redriveCount(header)));
    var text = Json.print(record);
    if (text.length() > RECORD_MAX && record.get("details") instanceof ObjectNode details) {
      truncate(details, text.length() - RECORD_MAX);
      text = Json.print(record);
    }
    return text;
  }

  private static JsonNode details(HistoryEvent event, boolean withData) {
    var key = event.type().detailsKey();
    if (key.isEmpty()) {
      return Json.nodes().objectNode();
    }
    var text = new StringWriter();
    try (var out = Json.mapper().createGenerator(text)) {
      new HistoryWriter(out, withData).write(event);
    }
    return Json.parseTrusted(text.toString()).path(key);
  }

  /** Cuts what is longest, and says so. */
  private static void truncate(ObjectNode details, int excess) {
    for (var name : List.of("input", "output", "parameters", "cause")) {
      var value = details.path(name).asString("");
      if (value.length() > excess) {
        var end = value.length() - excess;
        var isInPair = end > 0 && Character.isHighSurrogate(value.charAt(end - 1));
        details.put(name, value.substring(0, isInPair ? end - 1 : end));
        if (details.get(name + "Details") instanceof ObjectNode told) {
          told.put("truncated", true);
        }
        return;
      }
    }
    details.removeAll();
  }
}
