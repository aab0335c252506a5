package io.stepwise.host.embedded;

import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.step.ShardStep;
import io.stepwise.runtime.time.Clock;
import io.stepwise.runtime.time.Workload;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** One worker: takes messages from its queue, commits them together, lets their answers out. */
final class WorkerLoop implements AutoCloseable {
  /** Messages in one commit at most, so that the first does not wait too long for the last. */
  private static final int BATCH_MAX = 512;

  /** How long messages are taken in before a commit. Units: nanoseconds. */
  private static final long BATCH_NANOS_MAX = 20_000_000;

  private final ConcurrentLinkedQueue<Message> requests = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Message> messages = new ConcurrentLinkedQueue<>();
  private final AtomicInteger depth = new AtomicInteger();
  private final AtomicInteger wakes = new AtomicInteger();
  private final int worker;
  private final ShardStep step;
  private final Clock clock;
  private final Workload workload;
  private final BiConsumer<String, Throwable> onFault;
  private final Thread thread;
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
    this.thread = Thread.ofPlatform().name("shard-worker-" + worker).unstarted(this::run);
  }

  void start() {
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
    if (Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      step.beginRecovery();
      var recovering = true;
      while (!closed) {
        var taken = wakes.getAndSet(0);
        recovering = recovering && step.recoverSome();
        var moreDue = step.fireTimers();
        taken += takeBatch();
        var worked = step.hasWork();
        if (worked) {
          step.commit();
          step.release();
        }
        if (taken > 0 && workload.isCounted()) {
          workload.passed(worker, taken, step.nextTimer());
        } else if (!worked && !moreDue && !recovering) {
          park();
        }
      }
    } catch (RuntimeException | Error e) {
      onFault.accept(thread.getName(), e);
    } finally {
      step.endRecovery();
    }
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
      if (requests.isEmpty() && messages.isEmpty() && wakes.get() == 0 && !closed) {
        LockSupport.parkNanos(Math.max(1_000, clock.nanosUntil(step.nextTimerMillis())));
      }
    } finally {
      parked = false;
    }
  }
}
