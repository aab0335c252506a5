package io.stepwise.server.monitoring;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.expression.Utf8;
import io.stepwise.runtime.feed.FeedConsumer;
import io.stepwise.runtime.feed.FeedEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what executions do, by state machine and of all together, and keeps it for 14 days.
 *
 * <pre>
 * feed ─▶ take: counted in memory, by minute ─▶ save, every few seconds ─▶ a series of each machine
 * </pre>
 *
 * <p>A decision costs a look at the type of each of its events and some additions. The children of
 * a map run are no executions of their own here, as in lists; their transitions and tasks count.
 *
 * <p>Limits: so many state machines as {@link Shelf} has places for; of others the figures are
 * among those of all only. A process that is killed loses what was counted since the last save.
 */
public final class Monitor implements FeedConsumer {
  /** How long the name of an integration may be. */
  private static final int INTEGRATION_MAX = 128;

  /** State machines told apart between two saves. */
  private static final int MACHINES_MAX = 1_000;

  private static final String BEYOND = "";

  private final Shelf shelf;
  private final LongSupplier nowMillis;

  /** What was counted since the last save; guarded by this monitor. */
  private Map<String, Counted> unsaved = new HashMap<>();

  /** What was counted of a state machine, by minute. */
  private static final class Counted {
    final boolean isBilled;
    final Map<Long, Bucket> minutes = new HashMap<>();
    private long lastMinute = -1;
    private Bucket lastBucket = new Bucket();

    Counted(boolean isBilled) {
      this.isBilled = isBilled;
    }

    Bucket at(long millis) {
      var minute = Math.floorDiv(millis, 60_000);
      if (minute != lastMinute) {
        lastBucket = minutes.computeIfAbsent(minute, key -> new Bucket());
        lastMinute = minute;
      }
      return lastBucket;
    }
  }

  private Monitor(Shelf shelf, LongSupplier nowMillis) {
    this.shelf = shelf;
    this.nowMillis = nowMillis;
  }

  /** Keeps figures in files of a folder, which is made when there are some. */
  public static Monitor in(Path folder, LongSupplier nowMillis) {
    return new Monitor(Shelf.in(folder), nowMillis);
  }

  /** Keeps figures as long as the process runs. */
  public static Monitor inMemory(LongSupplier nowMillis) {
    return new Monitor(Shelf.inMemory(), nowMillis);
  }

  @Override
  public String name() {
    return "monitoring";
  }

  @Override
  public synchronized void take(FeedEntry entry) {
    var header = entry.header();
    var counted = counted(header);
    if (!header.isMapRunChild()) {
      if (entry.before() == null) {
        counted.at(header.startMillis()).started++;
      }
      if (entry.closes()) {
        var bucket = counted.at(entry.stopMillis());
        switch (entry.after()) {
          case SUCCEEDED -> bucket.succeeded++;
          case FAILED -> bucket.failed++;
          case TIMED_OUT -> bucket.timedOut++;
          case ABORTED -> bucket.aborted++;
          case RUNNING, PENDING_REDRIVE -> {}
        }
        bucket.durations.add(entry.stopMillis() - header.startMillis());
      }
    }
    var millis = header.startMillis();
    for (var event : entry.events()) {
      if (event instanceof HistoryEvent shown) {
        millis = shown.timestampMillis();
      }
      count(event, counted, millis);
    }
  }

  private Counted counted(ExecutionHeader header) {
    var arn = header.machine().stateMachineArn().text();
    var isBilled = !header.isExpress();
    var known = unsaved.get(arn);
    if (known != null) {
      return known;
    }
    var key = unsaved.size() < MACHINES_MAX ? arn : BEYOND;
    return unsaved.computeIfAbsent(key, machine -> new Counted(isBilled));
  }

  private static void count(Event event, Counted counted, long millis) {
    if (event instanceof HistoryEvent shown) {
      switch (shown.type()) {
        case PassStateEntered,
            TaskStateEntered,
            ChoiceStateEntered,
            WaitStateEntered,
            SucceedStateEntered,
            FailStateEntered,
            MapStateEntered,
            ParallelStateEntered ->
            counted.at(millis).transitions++;
        case ExecutionRedriven -> counted.at(millis).redriven++;
        case ActivitySucceeded -> tasks(counted, millis, "activity").succeeded++;
        case ActivityFailed, ActivityScheduleFailed, ActivityTimedOut ->
            tasks(counted, millis, "activity").failed++;
        case LambdaFunctionSucceeded -> tasks(counted, millis, "lambda").succeeded++;
        case LambdaFunctionFailed,
            LambdaFunctionScheduleFailed,
            LambdaFunctionStartFailed,
            LambdaFunctionTimedOut ->
            tasks(counted, millis, "lambda").failed++;
        case TaskSucceeded -> {
          if (shown.details() instanceof EventDetails.TaskOutput task) {
            tasks(counted, millis, task.resourceType() + ":" + task.resource()).succeeded++;
          }
        }
        case TaskFailed, TaskStartFailed, TaskSubmitFailed, TaskTimedOut -> {
          if (shown.details() instanceof EventDetails.TaskFailure task) {
            tasks(counted, millis, task.resourceType() + ":" + task.resource()).failed++;
          }
        }
        default -> {} // The other types are no figures.
      }
    } else if (event instanceof Progress.RetryDecided) {
      counted.at(millis).transitions++;
    }
  }

  private static Bucket.Tasks tasks(Counted counted, long millis, String integration) {
    return counted.at(millis).tasksOf(Utf8.cut(integration, INTEGRATION_MAX));
  }

  /** Saves what was counted. To be called on a thread that may wait. */
  public void save() {
    Map<String, Counted> taken;
    synchronized (this) {
      if (unsaved.isEmpty()) {
        return;
      }
      taken = unsaved;
      unsaved = new HashMap<>();
    }
    var all = new HashMap<Long, Bucket>();
    var allBilled = new HashMap<Long, Bucket>();
    taken.forEach(
        (arn, counted) ->
            counted.minutes.forEach(
                (minute, bucket) -> {
                  if (!arn.equals(BEYOND)) {
                    shelf.add(arn, minute * 60, bucket, counted.isBilled);
                  }
                  (counted.isBilled ? allBilled : all)
                      .computeIfAbsent(minute, key -> new Bucket())
                      .add(bucket);
                }));
    all.forEach((minute, bucket) -> shelf.add(Shelf.ALL, minute * 60, bucket, false));
    allBilled.forEach((minute, bucket) -> shelf.add(Shelf.ALL, minute * 60, bucket, true));
  }

  /** Figures of a range, by span. */
  record Figures(long fromSecond, int stepSeconds, List<Bucket> spans, long billed) {
    Bucket total() {
      var total = new Bucket();
      spans.forEach(total::add);
      return total;
    }
  }

  /**
   * The figures of a state machine, or of all, until now.
   *
   * @param arn of the state machine; null for all
   * @return empty spans where nothing was counted
   */
  Figures read(@Nullable String arn, Range range) {
    save();
    var now = Instant.ofEpochMilli(nowMillis.getAsLong());
    var until = range.ring.begin(now.getEpochSecond());
    var from = until - (range.points - 1L) * range.ring.seconds;
    var key = arn == null ? Shelf.ALL : arn;
    var spans = shelf.read(key, range.ring, range.points, until);
    return new Figures(from, range.ring.seconds, spans, shelf.billed(key, now));
  }

  /** Figures of one state machine: in all of a range, and by hour of the last day. */
  record Machine(String arn, Bucket total, List<Bucket> hours, long billed) {}

  /** Figures of each state machine that has some. */
  List<Machine> machines(Range range) {
    save();
    var now = Instant.ofEpochMilli(nowMillis.getAsLong());
    return shelf.names().stream()
        .filter(name -> !name.equals(Shelf.ALL))
        .map(arn -> machine(arn, range, now))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Machine> machine(String arn, Range range, Instant now) {
    var second = now.getEpochSecond();
    var hours = shelf.read(arn, Range.Ring.HOURS, 24, second);
    var total = new Bucket();
    shelf.read(arn, range.ring, range.points, second).forEach(total::add);
    var billed = shelf.billed(arn, now);
    var isEmpty = total.started + total.transitions + billed == 0;
    return isEmpty && hours.stream().allMatch(hour -> hour.started == 0)
        ? Optional.empty()
        : Optional.of(new Machine(arn, total, hours, billed));
  }
}
