package io.stepwise.engine.execution;

/**
 * Whom a child execution tells how it ended.
 *
 * @param task the attempt of the parent's Task state, or of its Map state for a map run
 * @param index the item (or batch) of the map run, or −1 for a nested execution
 * @param mapRunArn the map run, or empty
 * @param itemCount items in the child's input; 0 for a nested execution
 * @param awaited whether the parent wants to hear at all
 */
public record ParentLink(
    TaskRef task, int index, String mapRunArn, int itemCount, boolean awaited) {

  /** Whether the child belongs to a map run. */
  public boolean isMapRun() {
    return index >= 0;
  }
}
