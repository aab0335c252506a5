package io.stepwise.host.embedded;

import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.port.Relief;
import io.stepwise.runtime.step.ShardStep;
import io.stepwise.runtime.time.Clock;
import io.stepwise.runtime.time.Workload;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * One worker: takes messages from its queue, commits them together, lets their answers out.
 *
 * <p>One thread at a time runs the loop. In a long decision it hands the loop to a new thread and
 * goes on deciding beside it; once it has decided it takes the loop back, and the other thread
 * ends.
 *
 * <pre>
 *   thread 1   ── message ─┐ decides, beside the loop ┌─ rest of the message, loop ─▶
 *   thread 2               └─ loop ─ loop ─ loop ─────┘
 * </pre>
 */
final class WorkerLoop implements AutoCloseable {
  /** Messages in one commit at most, so that the first does not wait too long for the last. */
  private static final int BATCH_MAX = 512;

  /** How long messages are taken in before a commit. Units: nanoseconds. */
  private static final long BATCH_NANOS_MAX = 20_000_000;

  /** Long decisions beside the loop at most: each is a thread, though one at a time computes. */
  private static final int AWAY_MAX = 256;

  private final ConcurrentLinkedQueue<Message> requests = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Message> messages = new ConcurrentLinkedQueue<>();
  private final AtomicInteger depth = new AtomicInteger();
  private final AtomicInteger wakes = new AtomicInteger();
  private final int worker;
  private final ShardStep step;
  private final Clock clock;
  private final Workload workload;
  private final BiConsumer<String, Throwable> onFault;
  private final ConcurrentLinkedQueue<Returning> returning = new ConcurrentLinkedQueue<>();
  private final Semaphore turn = new Semaphore(1, true);
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Who has the loop. */
  private volatile Thread thread;

  private int away;
  private boolean begun;
  private boolean recovering = true;
  private volatile boolean started;
  private volatile boolean parked;
  private volatile boolean closed;

  WorkerLoop(
      int worker,
      ShardStep step,
      Clock clock,
      Workload workload,
      BiConsumer<String, Throwable> onFault) {
    this.worker = worker;
    this.step = step;
    this.clock = clock;
    this.workload = workload;
    this.onFault = onFault;
    this.thread = newThread();
    step.relieveBy(new OtherThread());
  }

  private Thread newThread() {
    return Thread.ofPlatform().name("shard-worker-" + worker).unstarted(this::run);
  }

  void start() {
    started = true;
    thread.start();
  }

  void put(Message message) {
    put(message, messages);
  }

  /** As {@link #put}, for what a client waits for. */
  void putRequest(Message message) {
    put(message, requests);
  }

  private void put(Message message, ConcurrentLinkedQueue<Message> queue) {
    workload.began();
    queue.add(message);
    depth.incrementAndGet();
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /** Looks at the timers once more, and tells the workload when it has. */
  void wake() {
    wakes.incrementAndGet();
    LockSupport.unpark(thread);
  }

  int queueDepth() {
    return depth.get();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    if (started && Thread.currentThread() != thread) {
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      if (handsOn()) {
        return;
      }
    } catch (EndedError _) {
      return; // the loop is over, and what was being decided was acknowledged to nobody
    } catch (RuntimeException | Error e) {
      onFault.accept(thread.getName(), e);
    }
    step.endRecovery();
    ended.countDown();
    returning.forEach(Returning::wake);
  }

  /** Runs the loop to its end, or until another thread takes it back: true. */
  private boolean handsOn() {
    if (begun) {
      commit(); // whoever handed the loop over did so in the middle of a batch
    } else {
      step.beginRecovery();
      begun = true;
    }
    while (!closed) {
      var back = returning.poll();
      if (back != null) {
        away--;
        thread = back.thread;
        back.isNext = true;
        back.wake();
        return true;
      }
      var taken = wakes.getAndSet(0);
      recovering = recovering && step.recoverSome();
      step.takeUpHeldBack();
      var moreDue = step.fireTimers();
      taken += takeBatch();
      var worked = commit();
      if (taken > 0 && workload.isCounted()) {
        workload.passed(worker, taken, step.nextTimer());
      } else if (!worked && !moreDue && !recovering) {
        park();
      }
    }
    return false;
  }

  private boolean commit() {
    if (!step.hasWork()) {
      return false;
    }
    step.commit();
    step.release();
    return true;
  }

  /** Takes half a batch of requests at least, and as many messages, where there are so many. */
  private int takeBatch() {
    var until = System.nanoTime() + BATCH_NANOS_MAX;
    var taken = take(requests, messages.isEmpty() ? BATCH_MAX : BATCH_MAX / 2, until);
    return taken + take(messages, BATCH_MAX - taken, until + BATCH_NANOS_MAX);
  }

  private int take(ConcurrentLinkedQueue<Message> queue, int max, long untilNanos) {
    for (var i = 0; i < max; i++) {
      // A look at the clock costs about what a message does at its cheapest.
      if (step.isFull() || (i % 16 == 15 && System.nanoTime() > untilNanos)) {
        return i;
      }
      var message = queue.poll();
      if (message == null) {
        return i;
      }
      depth.decrementAndGet();
      step.process(message);
    }
    return max;
  }

  private void park() {
    parked = true;
    try {
      if (requests.isEmpty()
          && messages.isEmpty()
          && returning.isEmpty()
          && wakes.get() == 0
          && !closed) {
        LockSupport.parkNanos(Math.max(1_000, clock.nanosUntil(step.nextTimerMillis())));
      }
    } finally {
      parked = false;
    }
  }

  /** A thread that has made its decision and waits for the loop. */
  private static final class Returning {
    private final Thread thread = Thread.currentThread();
    private volatile boolean isNext;

    void wake() {
      LockSupport.unpark(thread);
    }
  }

  /** Lets the loop go on in a new thread while the present one decides. */
  private final class OtherThread implements Relief {
    @Override
    public boolean isAtHand() {
      // Virtual time would move on: it does not know of what is decided beside the loop.
      return away < AWAY_MAX && !closed && !workload.isCounted();
    }

    @Override
    public void leave() {
      away++;
      var other = newThread();
      thread = other;
      other.start();
      turn.acquireUninterruptibly();
    }

    @Override
    public void comeBack() {
      turn.release();
      var back = new Returning();
      returning.add(back);
      LockSupport.unpark(thread);
      while (!back.isNext) {
        if (ended.getCount() == 0) {
          throw new EndedError();
        }
        LockSupport.park(this);
      }
    }
  }

  /** Ends a thread that came back to a loop that is over. No exception: nobody may contain it. */
  private static final class EndedError extends Error {
    private static final long serialVersionUID = 1L;

    EndedError() {
      super("the worker is closed", null, false, false);
    }
  }
}
