package io.stepwise.server;

import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.expression.Json;
import io.stepwise.runtime.feed.FeedConsumer;
import io.stepwise.runtime.feed.FeedEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells web pages what happens, as it happens: a stream of server-sent events.
 *
 * <pre>
 * GET /_stepwise/events                        everything
 *     …?executionArn=… or ?stateMachineArn=…   what concerns one of them
 *
 * id: 1f3a.42
 * event: decision
 * data: {"executionArn":…,"stateMachineArn":…,"status":"RUNNING","firstEvent":3,"lastEvent":5}
 * </pre>
 *
 * <p>A page that was away says the last id it has seen (Last-Event-ID, or {@code lastEventId}) and
 * hears what it missed; {@code event: reset} tells it to load everything anew, because that is too
 * long ago, the server began anew, or too much happened at once. What happens to one execution
 * between two moments of sending is told once.
 *
 * <p>Limits: {@value #KEPT} decisions are remembered; {@value #STREAMS_MAX} streams; {@value
 * #WAITING_MAX} executions told of at a time. A page that reads too slowly is cut off, and comes
 * back. Source: HTML Standard, "Server-sent events".
 */
final class LiveEvents implements FeedConsumer, Handler {
  /** Where it is asked for. */
  static final String PATH = "/_stepwise/events";

  private static final int KEPT = 4_096;
  private static final int STREAMS_MAX = 1_000;
  private static final int WAITING_MAX = 1_000;
  private static final long TICK_MILLIS = 50;
  private static final long HEARTBEAT_MILLIS = 15_000;
  private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

  /** Tells this run of the server from others. */
  private final String boot = UUID.randomUUID().toString().substring(0, 8);

  private final Map<Topic, Group> groups = new HashMap<>();
  private final ArrayDeque<News> kept = new ArrayDeque<>(KEPT);
  private long last;
  private int streams;
  private long ticks;

  /** Sends on the thread of {@code timers}. */
  LiveEvents(ScheduledExecutorService timers) {
    timers.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** What a page wants to hear of; one is null, or both. */
  private record Topic(@Nullable String executionArn, @Nullable String stateMachineArn) {
    static final Topic EVERYTHING = new Topic(null, null);

    boolean concerns(News news) {
      return (executionArn == null || executionArn.equals(news.executionArn()))
          && (stateMachineArn == null || stateMachineArn.equals(news.stateMachineArn()));
    }
  }

  private record News(
      long number,
      String executionArn,
      String stateMachineArn,
      String status,
      long firstEvent,
      long lastEvent) {
    /** This after an earlier one about the same execution. */
    News after(@Nullable News earlier) {
      return earlier == null
          ? this
          : new News(number, executionArn, stateMachineArn, status, earlier.firstEvent, lastEvent);
    }
  }

  /** Pages that want to hear the same. */
  private static final class Group {
    final List<Responder.Stream> streams = new ArrayList<>();
    final Map<String, News> waiting = new LinkedHashMap<>();
    boolean tooMuch;
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public synchronized void take(FeedEntry entry) {
    if (!entry.stored()) {
      return; // nobody can ask for an Express execution
    }
    var header = entry.header();
    var news =
        new News(
            ++last,
            header.arn().text(),
            header.machine().stateMachineArn().text(),
            entry.after().name(),
            entry.firstEventId(),
            entry.lastEventId());
    if (kept.size() == KEPT) {
      kept.removeFirst();
    }
    kept.addLast(news);
    if (!groups.isEmpty()) {
      tell(groups.get(Topic.EVERYTHING), news);
      tell(groups.get(new Topic(news.executionArn(), null)), news);
      tell(groups.get(new Topic(null, news.stateMachineArn())), news);
    }
  }

  private static void tell(@Nullable Group group, News news) {
    if (group == null || group.tooMuch) {
      return;
    }
    if (group.waiting.size() >= WAITING_MAX && !group.waiting.containsKey(news.executionArn())) {
      group.tooMuch = true;
      group.waiting.clear();
      return;
    }
    var earlier = group.waiting.remove(news.executionArn());
    group.waiting.put(news.executionArn(), news.after(earlier)); // last: ids only grow
  }

  /** Everything is another from now on: pages load it anew. */
  synchronized void restart() {
    kept.clear();
    last++;
    groups.values().forEach(group -> group.tooMuch = true);
  }

  @Override
  public void handle(Request request, Responder responder) {
    if (!request.method().equals("GET")) {
      Administration.answer(responder, 405, "Expected GET");
      return;
    }
    var query = QueryFields.of(request.query());
    var topic = new Topic(query.get("executionArn"), query.get("stateMachineArn"));
    if (topic.executionArn() != null && topic.stateMachineArn() != null) {
      Administration.answer(responder, 400, "Expected executionArn or stateMachineArn, not both");
      return;
    }
    var header = request.header("Last-Event-ID");
    listen(topic, header == null ? query.get("lastEventId") : header, responder);
  }

  private synchronized void listen(Topic topic, @Nullable String lastId, Responder responder) {
    if (streams >= STREAMS_MAX) {
      Administration.answer(responder, 503, "Expected at most " + STREAMS_MAX + " streams");
      return;
    }
    var stream =
        responder.stream(
            200,
            "text/event-stream",
            Map.of("cache-control", "no-cache", "x-accel-buffering", "no"));
    streams++;
    groups.computeIfAbsent(topic, key -> new Group()).streams.add(stream);
    responder.onClose(() -> gone(topic, stream));
    var text = new StringBuilder("retry: 1000\n");
    if (lastId == null) {
      text.append("id: ").append(id(last)).append("\n\n");
    } else {
      catchUp(topic, lastId, text);
    }
    stream.send(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void catchUp(Topic topic, String lastId, StringBuilder text) {
    var seen = number(lastId);
    var oldest = kept.isEmpty() ? last + 1 : kept.getFirst().number();
    if (seen < 0 || seen > last || seen + 1 < oldest) {
      appendReset(text.append('\n'));
      return;
    }
    text.append('\n');
    for (var news : kept) {
      if (news.number() > seen && topic.concerns(news)) {
        append(text, news);
      }
    }
  }

  /** The number in an id of this run of the server, or −1. */
  private long number(String id) {
    var dot = id.indexOf('.');
    if (dot < 0 || !id.substring(0, dot).equals(boot)) {
      return -1;
    }
    try {
      return Long.parseLong(id.substring(dot + 1));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private String id(long number) {
    return boot + "." + number;
  }

  private synchronized void gone(Topic topic, Responder.Stream stream) {
    var group = groups.get(topic);
    if (group != null && group.streams.remove(stream)) {
      streams--;
      if (group.streams.isEmpty()) {
        groups.remove(topic);
      }
    }
  }

  private synchronized void tick() {
    var heartbeat = ++ticks % (HEARTBEAT_MILLIS / TICK_MILLIS) == 0;
    for (var iterator = groups.values().iterator(); iterator.hasNext(); ) {
      var group = iterator.next();
      var bytes = due(group);
      if (bytes != null || heartbeat) {
        send(group, bytes == null ? HEARTBEAT : bytes);
      }
      if (group.streams.isEmpty()) {
        iterator.remove();
      }
    }
  }

  private byte @Nullable [] due(Group group) {
    var text = new StringBuilder();
    if (group.tooMuch) {
      group.tooMuch = false;
      appendReset(text);
    }
    for (var news : group.waiting.values()) {
      append(text, news);
    }
    group.waiting.clear();
    return text.isEmpty() ? null : text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Who is too slow is cut off; it comes back with the last id it has seen. */
  private void send(Group group, byte[] bytes) {
    for (Iterator<Responder.Stream> each = group.streams.iterator(); each.hasNext(); ) {
      var stream = each.next();
      if (!stream.send(bytes)) {
        each.remove();
        streams--;
        stream.close();
      }
    }
  }

  private void append(StringBuilder text, News news) {
    var data =
        Json.nodes()
            .objectNode()
            .put("executionArn", news.executionArn())
            .put("stateMachineArn", news.stateMachineArn())
            .put("status", news.status())
            .put("firstEvent", news.firstEvent())
            .put("lastEvent", news.lastEvent());
    text.append("id: ")
        .append(id(news.number()))
        .append("\nevent: decision\ndata: ")
        .append(Json.print(data))
        .append("\n\n");
  }

  private void appendReset(StringBuilder text) {
    text.append("id: ").append(id(last)).append("\nevent: reset\ndata: {}\n\n");
  }
}
