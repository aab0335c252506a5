package io.stepwise.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Threads that a test relies on: one that dies, or that stops before it is told to, fails the test,
 * which would else go on with fewer and prove less.
 */
final class Crew {
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<AssertionError> faults = new ConcurrentLinkedQueue<>();

  /** What a thread does until it is interrupted. */
  interface Duty {
    void run() throws InterruptedException;
  }

  /** Starts a thread. */
  void employ(String name, Duty duty) {
    threads.add(
        Thread.ofVirtual()
            .name(name)
            .start(
                () -> {
                  try {
                    duty.run();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } catch (Throwable e) {
                    faults.add(new AssertionError("The " + name + " died of " + e, e));
                  }
                }));
  }

  /** Fails where one has died. */
  void checkNoFault() {
    var fault = faults.peek();
    if (fault != null) {
      throw fault;
    }
  }

  /** Fails where one has died or has stopped of itself. */
  void checkAlive() {
    checkNoFault();
    for (var thread : threads) {
      if (!thread.isAlive()) {
        throw new AssertionError("The " + thread.getName() + " has stopped before its time");
      }
    }
  }

  /** Ends them all; fails where one has died. */
  void dismiss() throws InterruptedException {
    checkNoFault();
    for (var thread : threads) {
      thread.interrupt();
    }
    for (var thread : threads) {
      thread.join();
    }
  }
}
