package io.stepwise.simulation.check;

import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.storage.ExecutionStore;
import io.stepwise.storage.Keys;
import io.stepwise.storage.Storage;
import java.util.List;

/**
 * Nothing is left of executions that have ended but what is shown of them, and, of those that did
 * not end well, what a redrive needs.
 */
public final class Leftovers {
  private static final List<Character> UNDER_WAY = List.of('t', 'o', 'u');
  private static final List<Character> REDRIVABLE = List.of('c', 'r');

  private Leftovers() {}

  private static String describe(ExecutionStore store, char table, byte[] key) {
    var id = Keys.executionOf(key);
    var what = table == 'o' ? Keys.pending(key) + " of " : "";
    return what
        + "execution "
        + id
        + store
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
  public static void check(Storage storage, ExecutionStore store) {
    for (char table : UNDER_WAY) {
      storage.scan(
          new byte[] {(byte) table},
          new byte[] {(byte) (table + 1)},
          (key, value) -> {
            var detail =
                table == 't'
                    ? Keys.timer(key) + " of execution " + Keys.timerExecution(key)
                    : describe(store, table, key);
            throw new Violation(
                "Expected no row in table " + table + " after the end, found one: " + detail);
          });
    }
    for (char table : REDRIVABLE) {
      storage.scan(
          new byte[] {(byte) table},
          new byte[] {(byte) (table + 1)},
          (key, value) -> {
            var id = Keys.executionOf(key);
            var status = store.summarize(id).orElseThrow().status();
            if (status == ExecutionStatus.SUCCEEDED) {
              throw new Violation(
                  "Expected no row in table " + table + " of execution " + id + ": it succeeded");
            }
            return true;
          });
    }
  }
}
