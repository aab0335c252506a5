package io.stepwise.expression.jsonpath;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One step of a compiled path, from a node to those below it. */
sealed interface Step {
  /** Whether the step leads to at most one node. */
  default boolean isDefinite() {
    return this instanceof Name || this instanceof Index;
  }

  /** The step as Jayway prints it in messages, e.g. {@code ['a']} or {@code [0]}. */
  String text();

  /** {@code .name} or {@code ['name']}. */
  record Name(String name) implements Step {
    @Override
    public String text() {
      return "['" + name + "']";
    }
  }

  /** {@code [3]}; a negative index counts from the end. */
  record Index(int index) implements Step {
    @Override
    public String text() {
      return "[" + index + "]";
    }
  }

  /** {@code ['a','b']}: as the last step one object with these members, else each of them. */
  record Names(List<String> names) implements Step {
    @Override
    public String text() {
      return "['" + String.join("','", names) + "']";
    }
  }

  /** {@code [0,2]}. */
  record Indexes(List<Integer> indexes) implements Step {
    @Override
    public String text() {
      return indexes.toString().replace(" ", "");
    }
  }

  /** {@code [1:3]}, with either bound missing. */
  record Slice(@Nullable Integer from, @Nullable Integer to) implements Step {
    @Override
    public String text() {
      return "[" + (from == null ? "" : from) + ":" + (to == null ? "" : to) + "]";
    }
  }

  /** {@code .*} or {@code [*]}. */
  record Wildcard() implements Step {
    @Override
    public String text() {
      return "[*]";
    }
  }

  /** {@code ..}: the next step is applied to the node and everything below it. */
  record DeepScan() implements Step {
    @Override
    public String text() {
      return "..";
    }
  }

  /** {@code [?(…)]}. */
  record Filter(Predicate predicate) implements Step {
    @Override
    public String text() {
      return "[?]";
    }
  }

  /** {@code .length()} and the like, always the last step. */
  record Function(PathFunction function) implements Step {
    @Override
    public String text() {
      return "." + function.name().toLowerCase(Locale.ROOT) + "()";
    }
  }
}
