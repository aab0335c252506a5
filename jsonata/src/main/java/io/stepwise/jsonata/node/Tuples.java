package io.stepwise.jsonata.node;

import io.stepwise.jsonata.value.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;

/** The values of a path together with the variables bound on the way to each. */
final class Tuples extends POJONode {
  private static final long serialVersionUID = 1L;

  final transient Scope scope;
  final transient List<Row> rows = new ArrayList<>();

  Tuples(Scope scope) {
    super(null);
    this.scope = scope;
  }

  /** A value and its variables. */
  record Row(@Nullable JsonNode item, Frame frame) {
    /** The variables for an evaluation that may bind others beside them. */
    Frame own(Scope scope) {
      return scope.assigns() ? frame.copy() : frame;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
