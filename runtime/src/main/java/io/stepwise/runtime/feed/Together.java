package io.stepwise.runtime.feed;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumers that share a queue and a thread: for those that are quick, so that a commit wakes one
 * thread and not each its own. What one throws the others do not notice.
 */
public final class Together implements FeedConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(Together.class);

  private final String name;
  private final List<FeedConsumer> consumers;
  private long faults;

  /** These, under one name; none of them may be durable. */
  public Together(String name, List<FeedConsumer> consumers) {
    this.name = name;
    this.consumers = List.copyOf(consumers);
    if (consumers.stream().anyMatch(FeedConsumer::isDurable)) {
      throw new IllegalArgumentException("Expected no durable consumer: it may be slow");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void take(FeedEntry entry) {
    for (var consumer : consumers) {
      try {
        consumer.take(entry);
      } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
        failed(consumer, e);
      }
    }
  }

  private void failed(FeedConsumer consumer, Throwable fault) {
    faults++;
    if (Long.bitCount(faults) == 1) {
      LOG.error(
          "SW-LISTENER-FAULT (docs/errors/SW-LISTENER-FAULT.md): expected {} to hear of a"
              + " decision, but it failed, {} times so far; what it counts or shows may be wrong,"
              + " executions are not",
          consumer.name(),
          faults,
          fault);
    }
  }
}
