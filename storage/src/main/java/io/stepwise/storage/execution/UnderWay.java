package io.stepwise.storage.execution;

import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.AwaitedJob;
import io.stepwise.engine.execution.Changes.Pending;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.storage.Storage;
import org.jspecify.annotations.Nullable;

/**
 * What has left an execution and has not been answered, so that it can be sent again: tasks and
 * children (written with their execution), ends that a parent has yet to hear of, and children and
 * jobs that are to be stopped.
 */
public final class UnderWay {
  private static final byte[] NOTHING = new byte[0];

  private final Storage storage;

  /** What is under way in {@code storage}. */
  public UnderWay(Storage storage) {
    this.storage = storage;
  }

  /** One thing that is under way. */
  public sealed interface Item {
    /** The execution whose rows it is among; its shard has it sent again. */
    long executionId();

    /** A task, or a child that has not ended. */
    record Task(long executionId, Pending pending) implements Item {}

    /** What a message asks for and, once its receiver has committed, acknowledges. */
    sealed interface Asked extends Item {}

    /**
     * An ended child that its parent has yet to hear of.
     *
     * @param round redrives of the parent's map run when the child was started or redriven last
     */
    record ParentNotice(long executionId, int round) implements Asked {}

    /**
     * A child that is to be stopped.
     *
     * @param parent the attempt that it is a child of, in that round
     */
    record Stop(TaskRef parent, int round, String childArn) implements Asked {
      /** What asks for the stop of an effect. */
      public static Stop of(Effect.StopChild effect) {
        return new Stop(effect.parent(), effect.round(), effect.executionArn());
      }

      @Override
      public long executionId() {
        return parent.executionId();
      }
    }

    /** A job that is to be stopped. */
    record StopOfJob(AwaitedJob job) implements Asked {
      @Override
      public long executionId() {
        return job.task().executionId();
      }
    }
  }

  /** Notes, in a batch, what is asked for until it is acknowledged. */
  public void ask(Storage.Batch batch, Item.Asked asked) {
    switch (asked) {
      case Item.ParentNotice(var id, var round) -> batch.put(Keys.parentNotice(id, round), NOTHING);
      case Item.Stop stop -> batch.put(Keys.stop(stop), StopCodec.encode(stop));
      case Item.StopOfJob(var job) -> batch.put(Keys.stopOfJob(job.task()), JobCodec.encode(job));
    }
  }

  /** Forgets, in a batch, what was asked for: it is done. */
  public void acknowledge(Storage.Batch batch, Item.Asked asked) {
    batch.delete(
        switch (asked) {
          case Item.ParentNotice(var id, var round) -> Keys.parentNotice(id, round);
          case Item.Stop stop -> Keys.stop(stop);
          case Item.StopOfJob(var job) -> Keys.stopOfJob(job.task());
        });
  }

  /** Whether something of an execution is under way, what is to be stopped apart. */
  public boolean isAny(long executionId) {
    var prefix = Keys.key('o', executionId);
    return storage.firstKey(prefix, Keys.after(prefix)) != null;
  }

  /** Goes through all that is under way now, whatever is committed meanwhile. To be closed. */
  public Walk walk() {
    return new Walk(storage);
  }

  /** A way through what was under way at one moment. Confined to one thread. */
  public static final class Walk implements AutoCloseable {
    private final Storage.Cursor pending;
    private final Storage.Cursor stops;
    private final Storage.Cursor jobs;

    private Walk(Storage storage) {
      this.pending = storage.cursor(Keys.table('o'), Keys.after(Keys.table('o')));
      this.stops = storage.cursor(Keys.table('u'), Keys.after(Keys.table('u')));
      this.jobs = storage.cursor(Keys.table('j'), Keys.after(Keys.table('j')));
    }

    /** The next item, or null where there is none. */
    public @Nullable Item next() {
      if (pending.next()) {
        var id = Keys.executionOf(pending.key());
        var found = Keys.pending(pending.key());
        return Keys.isParentNotice(found)
            ? new Item.ParentNotice(id, found.stamp())
            : new Item.Task(id, found);
      }
      if (stops.next()) {
        return StopCodec.decode(stops.value());
      }
      return jobs.next() ? new Item.StopOfJob(JobCodec.decode(jobs.value())) : null;
    }

    @Override
    public void close() {
      pending.close();
      stops.close();
      jobs.close();
    }
  }
}
