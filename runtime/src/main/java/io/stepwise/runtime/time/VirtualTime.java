package io.stepwise.runtime.time;

import io.stepwise.asl.model.TaskResource;
import io.stepwise.asl.model.TaskState;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.engine.event.Event;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Timer;
import io.stepwise.runtime.port.DecisionListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A server's time that does not pass by itself: it skips to the next timer when nothing is under
 * way, and moves on when it is told.
 *
 * <pre>
 * a message or a call under way?    ─▶ stand still
 * told to move on?                  ─▶ from timer to timer, up to where it was told
 * next is a Wait or a retry?        ─▶ skip there
 * next is a deadline?               ─▶ skip there, unless a worker or the holder of a task token
 *                                      may still answer: then stand still
 * </pre>
 *
 * <p>A deadline is a timeout or a heartbeat. Skipping to it while a test is about to poll for the
 * task, or to send its token back, would let every such test lose a race that it cannot see.
 *
 * <p>Thread safety: guarded by its own monitor; workers are woken and futures completed outside of
 * it.
 */
public final class VirtualTime implements Clock, Workload, DecisionListener {
  private static final long NO_TARGET = Long.MIN_VALUE;
  private static final long MILLIS_MAX = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  private final @Nullable Timer[] next;
  private final Set<Long> awaitingOthers = new HashSet<>();
  private final ArrayDeque<Move> moves = new ArrayDeque<>();
  private final List<CompletableFuture<Instant>> arriving = new ArrayList<>();
  private long targetMillis = NO_TARGET;
  private Runnable wakeWorkers = () -> {};
  private Skip skip = Skip.WAITS;
  private long underWay;
  private volatile long nowMillis;

  /** Which timers time skips to by itself. */
  public enum Skip {
    /** To none: it moves only when told. */
    NOTHING,
    /** To the end of waits and to retries; to deadlines only where nobody can answer any more. */
    WAITS,
    /** To whatever is due next. */
    EVERYTHING
  }

  /** A wish to move on, by so much or to a moment; counted from when its turn has come. */
  private record Move(boolean isRelative, long millis, CompletableFuture<Instant> arrived) {
    long target(long nowMillis) {
      return Math.min(isRelative ? nowMillis + millis : millis, MILLIS_MAX);
    }
  }

  /** Time that stands at {@code start}, for a host of so many workers. */
  public VirtualTime(Instant start, int workers) {
    this.nowMillis = start.toEpochMilli();
    this.next = new @Nullable Timer[workers];
  }

  /** Learns how to have every worker look at its timers, and tell {@link #passed}. */
  public synchronized void wakesBy(Runnable wake) {
    wakeWorkers = wake;
  }

  @Override
  public long nowMillis() {
    return nowMillis;
  }

  /** Sleeping brings nothing nearer: workers are woken when time has moved. */
  @Override
  public long nanosUntil(long dueMillis) {
    return Duration.ofDays(1).toNanos();
  }

  /** Which timers it skips to. */
  public synchronized Skip skip() {
    return skip;
  }

  /** Changes which timers it skips to. */
  public void skip(Skip wanted) {
    synchronized (this) {
      skip = wanted;
    }
    goOn();
  }

  /**
   * Moves time on, from timer to timer. The answer comes once everything that came due is done, and
   * time has skipped on to where it stands still by itself. Where a connector has yet to answer on
   * the way, time waits for it; where waits follow each other without end, no answer comes.
   */
  public CompletableFuture<Instant> advanceTo(Instant target) {
    return move(new Move(false, target.toEpochMilli(), new CompletableFuture<>()));
  }

  /**
   * As {@link #advanceTo}, by so much from where time stands still.
   *
   * <p>Limits: time ends with the year 9999.
   */
  public CompletableFuture<Instant> advance(Duration by) {
    return move(new Move(true, Math.min(by.toMillis(), MILLIS_MAX), new CompletableFuture<>()));
  }

  private CompletableFuture<Instant> move(Move move) {
    synchronized (this) {
      moves.add(move);
    }
    goOn();
    return move.arrived();
  }

  @Override
  public boolean isCounted() {
    return true;
  }

  @Override
  public synchronized void began() {
    underWay++;
  }

  @Override
  public void callEnded() {
    synchronized (this) {
      underWay--;
    }
    goOn();
  }

  @Override
  public void passed(int worker, int ended, @Nullable Timer due) {
    synchronized (this) {
      next[worker] = due;
      underWay -= ended;
    }
    goOn();
  }

  @Override
  public void decided(Execution execution, List<Event> events, @Nullable ExecutionStatus before) {
    var id = execution.header().id();
    var awaits = !execution.status().isClosed() && awaitsOthers(execution);
    synchronized (this) {
      if (awaits) {
        awaitingOthers.add(id);
      } else {
        awaitingOthers.remove(id);
      }
    }
  }

  /** Whether a task of it can only be answered from outside, by nobody whom we have called. */
  private static boolean awaitsOthers(Execution execution) {
    for (var scope : execution.scopes()) {
      var active = scope.active();
      if (active != null
          && active.attempt() != null
          && execution.state(scope) instanceof TaskState task
          && isAnsweredFromOutside(task.resource())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAnsweredFromOutside(TaskResource resource) {
    return switch (resource) {
      case TaskResource.Activity activity -> true;
      case TaskResource.ServiceIntegration integration ->
          integration.pattern() == IntegrationPattern.WAIT_FOR_TASK_TOKEN;
      case TaskResource.LambdaFunction lambda -> false;
    };
  }

  /** Moves time if nothing is under way and something is to be had by it. */
  private void goOn() {
    while (true) {
      Runnable wake = null;
      List<CompletableFuture<Instant>> done = List.of();
      synchronized (this) {
        if (underWay > 0) {
          return;
        }
        var due = nextTimer();
        if (due != null
            && (targetMillis == NO_TARGET ? maySkipTo(due) : due.dueMillis() <= targetMillis)) {
          nowMillis = Math.max(nowMillis, due.dueMillis());
          underWay += next.length;
          wake = wakeWorkers;
        } else if (targetMillis != NO_TARGET) {
          nowMillis = Math.max(nowMillis, targetMillis);
          targetMillis = NO_TARGET;
        } else {
          // Nothing is left to skip: whoever moved time may look, and the next may move it.
          done = List.copyOf(arriving);
          arriving.clear();
          var move = moves.poll();
          if (move != null) {
            targetMillis = move.target(nowMillis);
            arriving.add(move.arrived());
          } else if (done.isEmpty()) {
            return;
          }
        }
      }
      done.forEach(arrived -> arrived.complete(Instant.ofEpochMilli(nowMillis)));
      if (wake != null) {
        wake.run();
        return;
      }
    }
  }

  private boolean maySkipTo(Timer timer) {
    if (timer.dueMillis() <= nowMillis) {
      return true;
    }
    return switch (skip) {
      case NOTHING -> false;
      case EVERYTHING -> true;
      case WAITS ->
          switch (timer.kind()) {
            case WAIT, RETRY, CONTINUE -> true;
            case JOB_POLL -> false; // a service works in its own time
            case EXECUTION_TIMEOUT, TASK_TIMEOUT, HEARTBEAT -> awaitingOthers.isEmpty();
          };
    };
  }

  private @Nullable Timer nextTimer() {
    Timer first = null;
    for (var timer : next) {
      if (timer != null && (first == null || timer.dueMillis() < first.dueMillis())) {
        first = timer;
      }
    }
    return first;
  }
}
