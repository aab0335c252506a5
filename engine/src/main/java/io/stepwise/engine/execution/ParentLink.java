package io.stepwise.engine.execution;

/**
 * Whom a child execution tells how it ended.
 *
 * @param task the attempt of the parent's Task state, or of its Map state for a map run
 * @param index the item (or batch) of the map run, or −1 for a nested execution
 * @param mapRunArn the map run, or empty
 * @param itemCount items in the child's input; 0 for a nested execution
 * @param awaited whether the parent wants to hear at all
 * @param round redrives of the map run when the child was started or redriven last; what a child
 *     tells of an earlier round is stale
 */
public record ParentLink(
    TaskRef task, int index, String mapRunArn, int itemCount, boolean awaited, int round) {

  /** In the first round. */
  public ParentLink(TaskRef task, int index, String mapRunArn, int itemCount, boolean awaited) {
    this(task, index, mapRunArn, itemCount, awaited, 0);
  }

  /** The same in another round. */
  public ParentLink inRound(int other) {
    return other == round
        ? this
        : new ParentLink(task, index, mapRunArn, itemCount, awaited, other);
  }

  /** Whether the child belongs to a map run. */
  public boolean isMapRun() {
    return index >= 0;
  }
}
