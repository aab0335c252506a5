package io.stepwise.runtime.feed;

import java.util.List;

/**
 * Consumers that share a queue and a thread: for those that are quick, so that a commit wakes one
 * thread and not each its own. What one throws the others do not notice.
 */
public final class Together implements FeedConsumer {
  private final String name;
  private final List<Member> members;

  /** One of them, and what it threw. */
  private record Member(FeedConsumer consumer, ContainedFaults faults) {}

  /** These, under one name; none of them may be durable. */
  public Together(String name, List<FeedConsumer> consumers) {
    this.name = name;
    this.members =
        consumers.stream()
            .map(consumer -> new Member(consumer, new ContainedFaults(consumer.name())))
            .toList();
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
    for (var member : members) {
      member.faults().contain(() -> member.consumer().take(entry));
    }
  }
}
