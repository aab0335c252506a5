package io.stepwise.storage.execution;

import io.stepwise.storage.Storage;

/** The rows of executions by table: for those who check that nothing is left over. */
public final class StoredRows {
  private final Storage storage;

  /** The rows in {@code storage}. */
  public StoredRows(Storage storage) {
    this.storage = storage;
  }

  /** Takes rows. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes the execution of one and what it is; returns whether to go on. */
    boolean visit(long executionId, String row);
  }

  /**
   * Visits the rows of a table whose keys begin with the id of an execution, or of its timers.
   *
   * @param table one of {@code c h o p r t u x}
   */
  public void visit(char table, Visitor visitor) {
    storage.scan(
        Keys.table(table),
        Keys.after(Keys.table(table)),
        (key, value) ->
            switch (table) {
              case 't' -> visitor.visit(Keys.timerExecution(key), String.valueOf(Keys.timer(key)));
              case 'o' -> visitor.visit(Keys.executionOf(key), String.valueOf(Keys.pending(key)));
              default -> visitor.visit(Keys.executionOf(key), "row");
            });
  }

  /** How many rows a table has. */
  public int count(char table) {
    var count = new int[1];
    storage.scan(
        Keys.table(table),
        Keys.after(Keys.table(table)),
        (key, value) -> {
          count[0]++;
          return true;
        });
    return count[0];
  }
}
