package io.stepwise.simulation.check;

import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.storage.Storage;
import io.stepwise.storage.execution.ExecutionReader;
import io.stepwise.storage.execution.StoredRows;
import java.util.List;

/**
 * Nothing is left of executions that have ended but what is shown of them, and, of those that did
 * not end well, what a redrive needs.
 */
public final class Leftovers {
  private static final List<Character> UNDER_WAY = List.of('t', 'o', 'u', 'j');
  private static final List<Character> REDRIVABLE = List.of('c', 'r');

  private Leftovers() {}

  private static String describe(ExecutionReader executions, long id) {
    return "execution "
        + id
        + executions
            .summarize(id)
            .map(
                execution ->
                    " "
                        + execution.status()
                        + " "
                        + execution.header().arn()
                        + " "
                        + execution.parent())
            .orElse(", which is gone");
  }

  /** Checks a store in which every execution has ended. */
  public static void check(Storage storage, ExecutionReader executions) {
    var rows = new StoredRows(storage);
    for (char table : UNDER_WAY) {
      rows.visit(
          table,
          (id, row) -> {
            throw new Violation(
                "Expected no row in table "
                    + table
                    + " after the end, found one: "
                    + row
                    + " of "
                    + describe(executions, id));
          });
    }
    for (char table : REDRIVABLE) {
      rows.visit(
          table,
          (id, row) -> {
            var status = executions.summarize(id).orElseThrow().status();
            if (status == ExecutionStatus.SUCCEEDED) {
              throw new Violation(
                  "Expected no row in table " + table + " of execution " + id + ": it succeeded");
            }
            return true;
          });
    }
  }
}
