package io.stepwise.engine.execution;

/** Whom a child execution tells how it ended. */
public sealed interface ParentLink {
  /** The attempt of the parent's Task state, or of its Map state for a map run. */
  TaskRef task();

  /** Whether the parent wants to hear at all. */
  boolean awaited();

  /**
   * Redrives of the map run when the child was started or redriven last. What a child tells of an
   * earlier round is stale.
   */
  default int round() {
    return 0;
  }

  /** The same in another round. */
  default ParentLink inRound(int other) {
    return this;
  }

  /**
   * The parent's Task state started an execution.
   *
   * @param answer what the parent takes for its result
   */
  record Nested(TaskRef task, Answer answer) implements ParentLink {
    /** What a nested execution tells its parent. */
    public enum Answer {
      /** Nothing: that it was started is enough. */
      NONE,
      /** Its description, with input and output as text; {@code .sync}. */
      DESCRIPTION,
      /** Its description, with input and output as JSON; {@code .sync:2}. */
      PARSED_DESCRIPTION
    }

    @Override
    public boolean awaited() {
      return answer != Answer.NONE;
    }
  }

  /**
   * A map run of the parent started a child.
   *
   * @param index the item, or batch of items
   * @param itemCount items in the child's input
   */
  record MapRunChild(TaskRef task, int index, String mapRunArn, int itemCount, int round)
      implements ParentLink {
    @Override
    public boolean awaited() {
      return true;
    }

    @Override
    public ParentLink inRound(int other) {
      return other == round ? this : new MapRunChild(task, index, mapRunArn, itemCount, other);
    }
  }
}
