package io.stepwise.expression.jsonata;

import java.util.List;

/** A node of the syntax tree, as much of it as {@link FactCollector} needs to know. */
sealed interface Syntax {
  /** A field name. */
  record Name(String name) implements Syntax {}

  /** {@code $name}; the name is empty for {@code $} and a dollar sign for {@code $$}. */
  record Variable(String name) implements Syntax {}

  /** Anything whose parts see the same context value as itself. */
  record Plain(List<Syntax> parts) implements Syntax {}

  /** Anything whose first part sees the outer context value and the others the first's. */
  record Step(Syntax from, List<Syntax> to) implements Syntax {}

  /** {@code ( … ; … )}: the scope of what is assigned in it. */
  record Block(List<Syntax> parts) implements Syntax {}

  /** {@code $name := value}. */
  record Assignment(String name, Syntax value) implements Syntax {}

  /** {@code function($a){ … }}. */
  record Lambda(List<Syntax> parameters, Syntax body) implements Syntax {}

  /** {@code callee(arguments)}. */
  record Call(Syntax callee, List<Syntax> arguments) implements Syntax {}
}
