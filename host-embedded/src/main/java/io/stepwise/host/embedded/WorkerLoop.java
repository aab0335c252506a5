package io.stepwise.host.embedded;

import io.stepwise.runtime.Clock;
import io.stepwise.runtime.Message;
import io.stepwise.runtime.ShardStep;
import io.stepwise.runtime.Workload;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** One worker: takes messages from its queue, commits them together, lets their answers out. */
final class WorkerLoop implements AutoCloseable {
  /** Messages in one commit at most, so that the first does not wait too long for the last. */
  private static final int BATCH_MAX = 512;

  private final ConcurrentLinkedQueue<Message> queue = new ConcurrentLinkedQueue<>();
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
      step.recover();
      while (!closed) {
        var taken = wakes.getAndSet(0);
        step.fireTimers();
        taken += takeBatch();
        var worked = step.hasWork();
        if (worked) {
          step.commit();
          step.release();
        }
        if (taken > 0 && workload.isCounted()) {
          workload.passed(worker, taken, step.nextTimer());
        } else if (!worked) {
          park();
        }
      }
    } catch (RuntimeException | Error e) {
      onFault.accept(thread.getName(), e);
    }
  }

  private int takeBatch() {
    for (var i = 0; i < BATCH_MAX; i++) {
      var message = queue.poll();
      if (message == null) {
        return i;
      }
      depth.decrementAndGet();
      step.process(message);
    }
    return BATCH_MAX;
  }

  private void park() {
    parked = true;
    try {
      if (queue.isEmpty() && wakes.get() == 0 && !closed) {
        LockSupport.parkNanos(Math.max(1_000, clock.nanosUntil(step.nextTimerMillis())));
      }
    } finally {
      parked = false;
    }
  }
}
