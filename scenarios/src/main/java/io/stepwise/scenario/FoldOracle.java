package io.stepwise.scenario;

import io.stepwise.engine.execution.Evolver;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.runtime.port.DecisionProbe;
import io.stepwise.storage.execution.ExecutionReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Checks {@code fold(events) == stored execution}: folds the events of every committed decision
 * onto an execution of its own, and compares that with what storage gives back.
 */
public final class FoldOracle implements DecisionProbe {
  private final ExecutionReader store;
  private final Map<Long, Execution> folded = new TreeMap<>();

  /** An oracle that compares with what {@code store} reads. */
  public FoldOracle(ExecutionReader store) {
    this.store = store;
  }

  /**
   * Folds the decisions and compares.
   *
   * <p>Errors: {@link AssertionError} where the stored execution differs.
   */
  @Override
  public void committed(List<Written> decisions) {
    Set<Long> changed = new LinkedHashSet<>();
    for (var decided : decisions) {
      var id = decided.execution().header().id();
      if (decided.isNew()) {
        folded.put(id, new Execution(decided.execution().header()));
      }
      var execution = folded.get(id);
      if (execution == null) {
        throw new AssertionError("Expected the start of execution " + id + " to be seen first");
      }
      decided.events().forEach(event -> Evolver.apply(execution, event));
      execution.drainChanges();
      changed.add(id);
    }
    changed.forEach(this::compare);
  }

  private static String without(String image, String other) {
    var lines = Set.copyOf(other.lines().toList());
    return image
        .lines()
        .filter(line -> !lines.contains(line))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private void compare(long id) {
    var execution = folded.get(id);
    var stored = store.load(id);
    if (execution == null || stored.isEmpty()) {
      throw new AssertionError("Expected execution " + id + " to be stored");
    }
    var expected = ExecutionImage.of(execution);
    var actual = ExecutionImage.of(stored.get());
    if (!expected.equals(actual)) {
      throw new AssertionError(
          "Expected the stored execution to equal the fold of its events.\nOnly in the fold:\n"
              + without(expected, actual)
              + "Only in storage:\n"
              + without(actual, expected)
              + "Fold:\n"
              + expected);
    }
    // One that keeps scopes may be redriven; a child of a map run may be asked once more how it
    // ended.
    var parent = execution.header().parent();
    if (execution.status().isClosed()
        && execution.scopes().isEmpty()
        && !(parent instanceof ParentLink.MapRunChild)) {
      folded.remove(id);
    }
  }
}
