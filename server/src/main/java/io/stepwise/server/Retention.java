package io.stepwise.server;

import io.stepwise.runtime.port.Mailbox;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.time.Clock;
import io.stepwise.storage.execution.Expiry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has executions removed that were closed long ago: finds them, and asks their shards, which alone
 * know whether one is just being redriven. A page at a time, so that the shards never have more
 * than that to do.
 */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int PAGE = 256;

  private final Expiry expiry;
  private final Mailbox mailbox;
  private final Clock clock;
  private final Duration keep;

  Retention(Expiry expiry, Mailbox mailbox, Clock clock, Duration keep) {
    this.expiry = expiry;
    this.mailbox = mailbox;
    this.clock = clock;
    this.keep = keep;
  }

  /** Looks once, and has removed what it finds. To be called on a thread that may wait. */
  void run() {
    try {
      var before = clock.nowMillis() - keep.toMillis();
      var removed = 0L;
      for (var next = 0L; next >= 0; ) {
        var page = expiry.closedBefore(before, next, PAGE);
        removed += remove(page.ids(), before);
        next = page.nextId();
      }
      if (removed > 0) {
        LOG.info("Removed {} executions closed more than {} ago", removed, keep);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | ExecutionException | TimeoutException e) {
      LOG.error("Expected to remove closed executions, but failed", e);
    }
  }

  private long remove(List<Long> ids, long before)
      throws InterruptedException, ExecutionException, TimeoutException {
    var answers =
        ids.stream()
            .map(
                id -> {
                  var answer = new CompletableFuture<Boolean>();
                  mailbox.put(new Message.Expire(id, before, answer::complete));
                  return answer;
                })
            .toList();
    var removed = 0L;
    for (var answer : answers) {
      removed += answer.get(1, TimeUnit.MINUTES) ? 1 : 0;
    }
    return removed;
  }
}
