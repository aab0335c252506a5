package io.stepwise.host.embedded;

import io.stepwise.runtime.Clock;
import io.stepwise.runtime.Message;
import io.stepwise.runtime.ShardStep;
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
  private final ShardStep step;
  private final Clock clock;
  private final BiConsumer<String, Throwable> onFault;
  private final Thread thread;
  private volatile boolean parked;
  private volatile boolean closed;

  WorkerLoop(int worker, ShardStep step, Clock clock, BiConsumer<String, Throwable> onFault) {
    this.step = step;
    this.clock = clock;
    this.onFault = onFault;
    this.thread = Thread.ofPlatform().name("shard-worker-" + worker).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void put(Message message) {
    queue.add(message);
    depth.incrementAndGet();
    if (parked) {
      LockSupport.unpark(thread);
    }
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
        step.fireTimers();
        takeBatch();
        if (step.hasWork()) {
          step.commit();
          step.release();
        } else {
          park();
        }
      }
    } catch (RuntimeException | Error e) {
      onFault.accept(thread.getName(), e);
    }
  }

  private void takeBatch() {
    for (var i = 0; i < BATCH_MAX; i++) {
      var message = queue.poll();
      if (message == null) {
        return;
      }
      depth.decrementAndGet();
      step.process(message);
    }
  }

  private void park() {
    parked = true;
    try {
      if (queue.isEmpty() && !closed) {
        LockSupport.parkNanos(Math.max(1_000, clock.nanosUntil(step.nextTimerMillis())));
      }
    } finally {
      parked = false;
    }
  }
}
