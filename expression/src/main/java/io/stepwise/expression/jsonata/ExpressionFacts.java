package io.stepwise.expression.jsonata;

import io.stepwise.jsonata.References;
import io.stepwise.jsonata.References.Use;
import io.stepwise.jsonata.function.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an expression of a state refers to.
 *
 * @param variables workflow variables, without the dollar sign
 * @param statesFields the members of {@code $states} it looks at; {@code *} if all of them
 * @param states where it looks at {@code $states}
 * @param unsupported names and {@code $$} that stand where there is no context value
 * @param assignments where it assigns to {@code $states}
 */
record ExpressionFacts(
    Set<String> variables,
    Set<String> statesFields,
    List<Use> states,
    List<Use> unsupported,
    List<Use> assignments) {
  private static final String STATES = "states";

  /** AWS takes it away; to call it is to call no function, not to read a variable. */
  private static final String EVAL = "eval";

  static ExpressionFacts of(References references) {
    var variables = new TreeSet<String>();
    var fields = new TreeSet<String>();
    var states = new ArrayList<Use>();
    for (var use : references.variables()) {
      if (use.name().equals(STATES)) {
        fields.add(use.field() == null ? "*" : use.field());
        states.add(use);
      } else if (Library.find(use.name()) == null && !use.name().equals(EVAL)) {
        variables.add(use.name());
      }
    }
    var unsupported = new ArrayList<Use>(references.contextNames());
    unsupported.addAll(references.roots());
    var assignments =
        references.assigned().stream().filter(use -> use.name().equals(STATES)).toList();
    return new ExpressionFacts(
        Set.copyOf(variables),
        Set.copyOf(fields),
        List.copyOf(states),
        List.copyOf(unsupported),
        assignments);
  }
}
