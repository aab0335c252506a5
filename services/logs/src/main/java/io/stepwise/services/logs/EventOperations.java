package io.stepwise.services.logs;

import io.stepwise.logs.LogEvent;
import io.stepwise.logs.LogEvent.Place;
import io.stepwise.logs.LogGroup;
import io.stepwise.logs.LogStore;
import io.stepwise.logs.LogStore.Line;
import io.stepwise.logs.LogStream;
import io.stepwise.logs.pattern.FilterPattern;
import io.stepwise.logs.pattern.InvalidPatternException;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.logs.LogsError.InvalidParameterException;
import io.stepwise.services.logs.LogsError.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Events: putting, reading, looking for them. */
final class EventOperations {
  /** Clients of old hand it back; it says nothing. */
  static final String SEQUENCE_TOKEN = "0".repeat(55) + "1";

  private static final int PAGE = 10_000;
  private static final int EVENTS_MAX = 10_000;
  private static final int BATCH_BYTES_MAX = 1_048_576;
  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;
  private static final long TIME_MAX = Long.MAX_VALUE;
  private static final int OLDEST_DAYS = 14;

  /** Where a page begins or ends: {@code f/…/s} goes on after a place, {@code b/…/s} before it. */
  private static final Pattern TOKEN = Pattern.compile("([fb])/([0-9]{56})/s");

  private static final Place END = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

  private final LogStore store;
  private final LongSupplier nowMillis;

  EventOperations(LogStore store, LongSupplier nowMillis) {
    this.store = store;
    this.nowMillis = nowMillis;
  }

  List<Operation> all() {
    var start = Member.whole("startTime", 0, TIME_MAX);
    var end = Member.whole("endTime", 0, TIME_MAX);
    var limit = Member.whole("limit", 1, PAGE);
    return List.of(
        Operation.blocking(
            "PutLogEvents",
            Shape.of(
                Named.GROUP.required(),
                Named.STREAM.required(),
                Member.structures(
                        "logEvents",
                        "InputLogEvent",
                        Member.whole("timestamp", 0, TIME_MAX).required(),
                        Member.text("message", 1, Integer.MAX_VALUE).required())
                    .within(1, EVENTS_MAX)
                    .required(),
                Member.text("sequenceToken", 1, 4096)),
            this::put),
        Operation.blocking(
            "GetLogEvents",
            Shape.of(
                Named.GROUP,
                Named.IDENTIFIER,
                Named.STREAM.required(),
                start,
                end,
                Named.TOKEN,
                limit,
                Member.flag("startFromHead"),
                Member.flag("unmask")),
            this::get),
        Operation.blocking(
            "FilterLogEvents",
            Shape.of(
                Named.GROUP,
                Named.IDENTIFIER,
                Member.texts("logStreamNames", 1, 512).within(1, 100),
                Named.prefix("logStreamNamePrefix"),
                start,
                end,
                Member.text("filterPattern", 0, 1024),
                Named.TOKEN,
                limit,
                Member.flag("interleaved"),
                Member.flag("unmask")),
            this::filter));
  }

  // ── PutLogEvents ───────────────────────────────────────────────────────────────────────────

  private void put(Call call) {
    var group = Named.group(call, store);
    var stream = stream(call, group);
    var lines = lines(call);
    var now = nowMillis.getAsLong();
    var days = group.retentionDays();
    var output = Outputs.object();
    var rejected = Outputs.object();
    var kept = new ArrayList<Line>();
    for (var i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      if (days != null && line.millis() < now - days * DAY) {
        rejected.put("expiredLogEventEndIndex", i + 1);
      } else if (line.millis() < now - OLDEST_DAYS * DAY) {
        rejected.put("tooOldLogEventEndIndex", i + 1);
      } else if (line.millis() <= now + 2 * HOUR) {
        kept.add(line);
      } else if (!rejected.has("tooNewLogEventStartIndex")) {
        rejected.put("tooNewLogEventStartIndex", i);
      }
    }
    store.put(group.arn(), stream.name(), kept);
    output.put("nextSequenceToken", SEQUENCE_TOKEN);
    if (!rejected.isEmpty()) {
      output.set("rejectedLogEventsInfo", rejected);
    }
    call.reply(output);
  }

  private static List<Line> lines(Call call) {
    var lines = new ArrayList<Line>();
    var bytes = 0L;
    for (var event : call.input().path("logEvents")) {
      var line = new Line(event.path("timestamp").asLong(), event.path("message").asString(""));
      var size = LogEvent.bytes(line.message());
      if (size > BATCH_BYTES_MAX) {
        throw invalid(
            "Log event too large: " + size + " bytes exceeds limit of " + BATCH_BYTES_MAX);
      }
      bytes += size;
      if (!lines.isEmpty() && line.millis() < lines.getLast().millis()) {
        throw invalid(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
      lines.add(line);
    }
    if (bytes > BATCH_BYTES_MAX) {
      throw invalid("Upload too large: " + bytes + " bytes exceeds limit of " + BATCH_BYTES_MAX);
    }
    if (lines.getLast().millis() - lines.getFirst().millis() > DAY) {
      throw invalid(
          "The batch of log events in a single PutLogEvents request cannot span more than 24"
              + " hours.");
    }
    return lines;
  }

  private static RuntimeException invalid(String message) {
    return new InvalidParameterException(message).toException();
  }

  private LogStream stream(Call call, LogGroup group) {
    store.flush(); // its first event, which makes it, may wait to be written
    return store.stream(group.arn(), call.text("logStreamName"))
        .orElseThrow(ResourceNotFoundException::ofStream);
  }

  // ── GetLogEvents ───────────────────────────────────────────────────────────────────────────

  private void get(Call call) {
    var stream = stream(call, Named.group(call, store));
    var from = from(call);
    var to = call.has("endTime") ? new Place(call.input().path("endTime").asLong(), 0) : END;
    var fromHead = call.flag("startFromHead", false);
    var token = call.optionalText("nextToken");
    if (token != null) {
      var read = TOKEN.matcher(token);
      if (!read.matches()) {
        throw Named.invalidToken();
      }
      var place = Place.of(read.group(2)).orElseThrow(Named::invalidToken);
      fromHead = read.group(1).equals("f");
      if (fromHead) {
        from = later(from, after(place));
      } else {
        to = earlier(to, place);
      }
    }
    var events =
        isBefore(from, to)
            ? store.read(stream, from, to, fromHead, call.whole("limit", PAGE))
            : List.<LogEvent>of();
    var output = Outputs.object();
    var shown = output.putArray("events");
    for (var event : events) {
      show(event, shown.addObject());
    }
    put(output, token, events, fromHead ? from : to);
    call.reply(output);
  }

  /** The tokens of the pages on both sides; at an end, its token leads there again. */
  private static void put(
      ObjectNode output, @Nullable String token, List<LogEvent> events, Place at) {
    var first = events.isEmpty() ? at.id() : events.getFirst().place().id();
    var last = events.isEmpty() ? before(at).id() : events.getLast().place().id();
    var forward = "f/" + last + "/s";
    var backward = "b/" + first + "/s";
    if (events.isEmpty() && token != null) {
      forward = token.startsWith("f") ? token : forward;
      backward = token.startsWith("b") ? token : backward;
    }
    output.put("nextForwardToken", forward);
    output.put("nextBackwardToken", backward);
  }

  private static void show(LogEvent event, ObjectNode shown) {
    shown.put("timestamp", event.timestampMillis());
    shown.put("message", event.message());
    shown.put("ingestionTime", event.ingestionMillis());
  }

  private static Place from(Call call) {
    return new Place(call.has("startTime") ? call.input().path("startTime").asLong() : 0, 0);
  }

  private static Place after(Place place) {
    return place.sequence() == Long.MAX_VALUE
        ? place
        : new Place(place.millis(), place.sequence() + 1);
  }

  private static Place before(Place place) {
    if (place.sequence() > 0) {
      return new Place(place.millis(), place.sequence() - 1);
    }
    return place.millis() == 0 ? place : new Place(place.millis() - 1, Long.MAX_VALUE);
  }

  private static boolean isBefore(Place one, Place other) {
    return one.millis() < other.millis()
        || (one.millis() == other.millis() && one.sequence() < other.sequence());
  }

  private static Place later(Place one, Place other) {
    return isBefore(one, other) ? other : one;
  }

  private static Place earlier(Place one, Place other) {
    return isBefore(one, other) ? one : other;
  }

  // ── FilterLogEvents ────────────────────────────────────────────────────────────────────────

  private void filter(Call call) {
    var group = Named.group(call, store);
    var names =
        call.input()
            .path("logStreamNames")
            .valueStream()
            .map(name -> name.asString(""))
            .collect(Collectors.toSet());
    var prefix = call.text("logStreamNamePrefix", "");
    if (!names.isEmpty() && !prefix.isEmpty()) {
      throw invalid("LogStream name prefix and LogStream names are mutually exclusive parameters.");
    }
    Predicate<String> streams = names.isEmpty() ? name -> name.startsWith(prefix) : names::contains;
    store.flush();
    for (var name : names) {
      if (store.stream(group.arn(), name).isEmpty()) {
        throw ResourceNotFoundException.ofStream();
      }
    }
    var from = from(call);
    if (call.has("nextToken")) {
      from = later(from, Place.of(Named.cursor(call)).orElseThrow(Named::invalidToken));
    }
    // The end is included here, and not by GetLogEvents.
    var until = call.input().path("endTime").asLong(TIME_MAX);
    var to = until == TIME_MAX ? END : new Place(until + 1, 0);
    var output = Outputs.object();
    var shown = output.putArray("events");
    output.putArray("searchedLogStreams");
    if (isBefore(from, to)) {
      var limit = call.whole("limit", PAGE);
      var found = store.filter(group, streams, pattern(call), from, to, limit);
      for (var event : found.events()) {
        var each = shown.addObject();
        each.put("logStreamName", event.stream());
        show(event, each);
        each.put("eventId", event.place().id());
      }
      var next = found.next();
      if (next != null) {
        output.put("nextToken", Named.token(next.id()));
      }
    }
    call.reply(output);
  }

  private static FilterPattern pattern(Call call) {
    try {
      return FilterPattern.of(call.text("filterPattern", ""));
    } catch (InvalidPatternException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }
}
