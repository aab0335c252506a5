package io.stepwise.simulation.check;

import io.stepwise.storage.Keys;
import io.stepwise.storage.Storage;
import java.util.List;

/** Nothing is left of executions that have ended but what is shown of them. */
public final class Leftovers {
  private static final List<Character> TABLES = List.of('t', 'c', 'r', 'o', 'u');

  private Leftovers() {}

  /** Checks a store in which every execution has ended. */
  public static void check(Storage storage) {
    for (char table : TABLES) {
      storage.scan(
          new byte[] {(byte) table},
          new byte[] {(byte) (table + 1)},
          (key, value) -> {
            var detail =
                table == 't'
                    ? Keys.timer(key) + " of execution " + Keys.timerExecution(key)
                    : "execution " + Keys.executionOf(key);
            throw new Violation(
                "Expected no row in table " + table + " after the end, found one: " + detail);
          });
    }
  }
}
