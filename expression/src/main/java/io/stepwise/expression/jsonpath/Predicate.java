package io.stepwise.expression.jsonpath;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The condition of a filter step, {@code ?(…)}. */
sealed interface Predicate {
  /** All of the parts hold. */
  record And(List<Predicate> parts) implements Predicate {}

  /** Any of the parts holds. */
  record Or(List<Predicate> parts) implements Predicate {}

  /** The part doesn't hold. */
  record Not(Predicate part) implements Predicate {}

  /** The path leads to something, be it null or false. */
  record Exists(Operand.Relative path) implements Predicate {}

  /** Two operands stand in a relation. */
  record Comparison(Operand left, Operator operator, Operand right) implements Predicate {}

  /** What a comparison compares. */
  sealed interface Operand {
    /** A value written in the filter. */
    record Literal(JsonNode value) implements Operand {}

    /** A regular expression written in the filter. */
    record Regex(Pattern pattern) implements Operand {}

    /** A path from the tested node ({@code @}) or from the document ({@code $}). */
    record Relative(boolean fromRoot, Steps steps) implements Operand {}
  }
}
