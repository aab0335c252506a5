package io.stepwise.expression.jsonata;

import java.util.List;
import java.util.Set;

/**
 * What can be said about an expression without evaluating it.
 *
 * @param variables free variables, without the dollar sign; the names of functions are not among
 *     them
 * @param names every free name, functions included
 * @param statesFields the members of {@code $states} it looks at; {@code *} if all of them
 * @param topLevelNames names that stand where there is no context value to find them in
 * @param usesRoot whether it refers to {@code $$}
 * @param assignsStates whether it assigns to {@code $states}
 * @param regexes where its regular expressions stand in the text, in order
 */
record ExpressionFacts(
    Set<String> variables,
    Set<String> names,
    Set<String> statesFields,
    Set<String> topLevelNames,
    boolean usesRoot,
    boolean assignsStates,
    List<Range> regexes) {
  /** A part of the text: from inclusive, to exclusive. */
  record Range(int from, int to) {}

  boolean looksAt(String statesField) {
    return statesFields.contains(statesField) || statesFields.contains("*");
  }
}
