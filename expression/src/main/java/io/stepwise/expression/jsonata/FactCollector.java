package io.stepwise.expression.jsonata;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Walks a syntax tree and notes what it refers to, minding the scope of assignments. */
final class FactCollector {
  private static final String STATES = "states";
  private static final Pattern VARIABLE = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)");

  private final Set<String> variables = new TreeSet<>();
  private final Set<String> names = new TreeSet<>();
  private final Set<String> statesFields = new TreeSet<>();
  private final Set<String> topLevelNames = new TreeSet<>();
  private boolean usesRoot;
  private boolean assignsStates;

  /** The facts of the expression with this text. */
  static ExpressionFacts collect(String text) {
    var parser = new SyntaxParser(text);
    Syntax tree;
    try {
      tree = parser.parse();
    } catch (IllegalStateException _) {
      return guess(text);
    }
    var collector = new FactCollector();
    collector.visit(tree, new HashSet<>(), true);
    return new ExpressionFacts(
        collector.variables,
        collector.names,
        collector.statesFields,
        collector.topLevelNames,
        collector.usesRoot,
        collector.assignsStates,
        List.copyOf(parser.regexes()));
  }

  /** Where the engine accepts what our grammar doesn't: whatever looks like a variable is one. */
  private static ExpressionFacts guess(String text) {
    var collector = new FactCollector();
    var names = VARIABLE.matcher(text);
    while (names.find()) {
      collector.visitVariable(names.group(1), Set.of());
    }
    collector.statesFields.add("*");
    return new ExpressionFacts(
        collector.variables,
        collector.names,
        collector.statesFields,
        Set.of(),
        false,
        false,
        List.of());
  }

  private void visit(Syntax node, Set<String> scope, boolean top) {
    switch (node) {
      case Syntax.Name name -> {
        if (top) {
          topLevelNames.add(name.name());
        }
      }
      case Syntax.Variable variable -> visitVariable(variable.name(), scope);
      case Syntax.Plain plain -> plain.parts().forEach(part -> visit(part, scope, top));
      case Syntax.Step step -> visitStep(step, scope, top);
      case Syntax.Block block -> {
        var inner = new HashSet<>(scope);
        block.parts().forEach(part -> visit(part, inner, top));
      }
      case Syntax.Assignment assignment -> visitAssignment(assignment, scope, top);
      case Syntax.Lambda lambda -> {
        var inner = new HashSet<>(scope);
        for (var parameter : lambda.parameters()) {
          if (parameter instanceof Syntax.Variable variable) {
            assignsStates |= variable.name().equals(STATES);
            inner.add(variable.name());
          }
        }
        visit(lambda.body(), inner, top);
      }
      case Syntax.Call call -> {
        if (call.callee() instanceof Syntax.Variable variable
            && Functions.isBuiltIn(variable.name())
            && !scope.contains(variable.name())) {
          names.add(variable.name());
        } else if (!(call.callee() instanceof Syntax.Name)) {
          visit(call.callee(), scope, top);
        }
        call.arguments().forEach(argument -> visit(argument, scope, top));
      }
    }
  }

  private void visitVariable(String name, Set<String> scope) {
    if (name.equals("$")) {
      usesRoot = true;
    } else if (name.equals(STATES)) {
      statesFields.add("*");
    } else if (!name.isEmpty() && !scope.contains(name)) {
      names.add(name);
      if (!Functions.isBuiltIn(name)) {
        variables.add(name);
      }
    }
  }

  private void visitStep(Syntax.Step step, Set<String> scope, boolean top) {
    var field = step.to().isEmpty() ? null : firstName(step.to().getFirst());
    if (field != null
        && step.from() instanceof Syntax.Variable variable
        && variable.name().equals(STATES)) {
      statesFields.add(field);
    } else {
      visit(step.from(), scope, top);
    }
    step.to().forEach(part -> visit(part, scope, false));
  }

  private static @Nullable String firstName(Syntax node) {
    return switch (node) {
      case Syntax.Name name -> name.name();
      case Syntax.Step step -> firstName(step.from());
      case Syntax.Variable _,
          Syntax.Plain _,
          Syntax.Block _,
          Syntax.Assignment _,
          Syntax.Lambda _,
          Syntax.Call _ ->
          null;
    };
  }

  private void visitAssignment(Syntax.Assignment assignment, Set<String> scope, boolean top) {
    assignsStates |= assignment.name().equals(STATES);
    // A function may call itself by the name it is assigned to.
    if (assignment.value() instanceof Syntax.Lambda) {
      scope.add(assignment.name());
    }
    visit(assignment.value(), scope, top);
    scope.add(assignment.name());
  }
}
