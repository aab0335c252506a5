package io.stepwise.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tables a store has: whose rows begin with which byte. Each module declares its own; put
 * together, no byte may be taken twice.
 */
public final class Tables {
  /** Of executions: {@code io.stepwise.storage.execution}. */
  public static final List<Table> EXECUTIONS =
      List.of(
          new Table('n', "executions by ARN", "states", 1),
          new Table('x', "executions", "states", 1),
          new Table('h', "history, a row a decision", "states", 1),
          new Table('c', "open scopes", "states", 1),
          new Table('r', "collected results", "states", 1),
          new Table('i', "inputs of a map run's children, by page", "states", 1),
          new Table('p', "payloads in no event", "states", 1),
          new Table('t', "timers by due time and owner", "any", 1),
          new Table('o', "under way outside", "states", 1),
          new Table('u', "children to be stopped", "states", 1),
          new Table('j', "jobs to be stopped", "states", 1),
          new Table('l', "executions of a state machine", "states", 1),
          new Table('s', "the same by status", "states", 1),
          new Table('m', "map runs", "states", 1),
          new Table('k', "children of a map run", "states", 1),
          new Table('q', "map runs of an execution", "states", 1));

  private Tables() {}

  /**
   * A table.
   *
   * @param prefix what the keys of its rows begin with; below 128
   * @param holds what its rows are
   * @param owner the module that writes them
   * @param format version of its rows' form
   */
  public record Table(char prefix, String holds, String owner, int format) {
    public Table {
      if (prefix >= 128) {
        throw new IllegalArgumentException("Expected a prefix below 128, found " + (int) prefix);
      }
    }
  }

  /**
   * All tables of a store.
   *
   * <p>Errors: IllegalArgumentException where two have the same prefix.
   */
  public static List<Table> all(List<List<Table>> declared) {
    Map<Character, Table> known = new HashMap<>();
    var all = new ArrayList<Table>();
    for (var tables : declared) {
      for (var table : tables) {
        var other = known.put(table.prefix(), table);
        if (other != null) {
          throw new IllegalArgumentException(
              "Expected each table to have a prefix of its own, but " + other + " and " + table);
        }
        all.add(table);
      }
    }
    return all;
  }
}
