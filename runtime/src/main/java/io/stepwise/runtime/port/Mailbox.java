package io.stepwise.runtime.port;

/** Where messages for shards are put; the host finds the right one. Thread safe, never blocks. */
@FunctionalInterface
public interface Mailbox {
  /** Puts a message into the queue of its shard. */
  void put(Message message);
}
