package io.stepwise.jsonata;

import io.stepwise.jsonata.function.Library;
import io.stepwise.jsonata.syntax.Syntax;
import io.stepwise.jsonata.syntax.Syntax.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names an expression refers to, found without evaluating it, in the order they stand. */
public final class References {
  private final List<Use> variables = new ArrayList<>();
  private final List<Use> contextNames = new ArrayList<>();
  private final List<Use> roots = new ArrayList<>();
  private final List<Use> assigned = new ArrayList<>();

  private References() {}

  /**
   * One mention of a name.
   *
   * @param name without its dollar sign
   * @param field the member that is looked up in it at once; null if it is used as a whole
   * @param start the offset of the first character
   * @param end the offset after the last one, the field's included
   * @param isCalled whether it is called as a function
   */
  public record Use(String name, @Nullable String field, int start, int end, boolean isCalled) {
    /** Whether it is called and the language has a function of that name. */
    public boolean isBuiltIn() {
      return isCalled && Library.find(name) != null;
    }
  }

  /** Variables that the expression doesn't bind itself, functions of the language included. */
  public List<Use> variables() {
    return List.copyOf(variables);
  }

  /** Names of fields that are looked up in the input itself. */
  public List<Use> contextNames() {
    return List.copyOf(contextNames);
  }

  /** Mentions of the root, {@code $$}. */
  public List<Use> roots() {
    return List.copyOf(roots);
  }

  /** Variables that are assigned to, or are parameters of functions. */
  public List<Use> assigned() {
    return List.copyOf(assigned);
  }

  static References of(Syntax tree) {
    var references = new References();
    references.visit(tree, new HashSet<>(), true);
    return references;
  }

  private static Use use(String name, Syntax at, boolean isCalled) {
    return new Use(name, null, at.start, at.position, isCalled);
  }

  private void visit(Syntax node, Set<String> scope, boolean top) {
    visitKind(node, scope, top);
    visitStages(node.predicates, scope);
    visitStages(node.stages, scope);
    if (node.group != null) {
      visitPairs(node.group, scope, false);
    }
    if (node.focus != null) {
      scope.add(node.focus);
    }
    if (node.index != null) {
      scope.add(node.index);
    }
  }

  private void visitStages(@Nullable List<Stage> stages, Set<String> scope) {
    if (stages == null) {
      return;
    }
    for (var stage : stages) {
      switch (stage) {
        case Stage.Filter filter -> visit(filter.condition(), scope, false);
        case Stage.Index index -> scope.add(index.variable());
      }
    }
  }

  private void visitPairs(Syntax.Grouping grouping, Set<String> scope, boolean top) {
    for (var pair : grouping.pairs()) {
      visit(pair.key(), scope, top);
      visit(pair.value(), scope, top);
    }
  }

  private void visitKind(Syntax node, Set<String> scope, boolean top) {
    switch (node) {
      case Syntax.Name name -> {
        if (top) {
          contextNames.add(use(name.name, name, false));
        }
      }
      case Syntax.Variable variable -> visitVariable(variable, null, scope, false);
      case Syntax.Path path -> visitPath(path, scope, top);
      case Syntax.Sort sort -> sort.terms.forEach(t -> visit(t.expression(), scope, false));
      case Syntax.Negation negation -> visit(negation.operand, scope, top);
      case Syntax.Elements elements -> elements.items.forEach(item -> visit(item, scope, top));
      case Syntax.Members members -> visitPairs(members.grouping, scope, top);
      case Syntax.Binary binary -> {
        visit(binary.left, scope, top);
        visit(binary.right, scope, top);
      }
      case Syntax.Application application -> {
        visit(application.left, scope, top);
        visit(application.right, scope, top);
      }
      case Syntax.Condition condition -> {
        visit(condition.condition, scope, top);
        visit(condition.then, scope, top);
        if (condition.otherwise != null) {
          visit(condition.otherwise, scope, top);
        }
      }
      case Syntax.Assignment assignment -> visitAssignment(assignment, scope, top);
      case Syntax.Block block -> {
        var inner = new HashSet<>(scope);
        block.expressions.forEach(part -> visit(part, inner, top));
      }
      case Syntax.Lambda lambda -> {
        var inner = new HashSet<>(scope);
        for (var parameter : lambda.parameters) {
          assigned.add(use(parameter.name, parameter, false));
          inner.add(parameter.name);
        }
        visit(lambda.body, inner, top);
      }
      case Syntax.Call call -> visitCall(call.callee, call.arguments, scope, top);
      case Syntax.Partial partial -> visitCall(partial.callee, partial.arguments, scope, top);
      case Syntax.Transform transform -> {
        visit(transform.pattern, scope, false);
        visit(transform.update, scope, false);
        if (transform.delete != null) {
          visit(transform.delete, scope, false);
        }
      }
      default -> {} // refers to nothing
    }
  }

  private void visitVariable(
      Syntax.Variable variable, Syntax.@Nullable Name field, Set<String> scope, boolean isCalled) {
    var name = variable.name;
    if (name.equals("$")) {
      roots.add(use("$", variable, isCalled));
    } else if (!name.isEmpty() && !scope.contains(name)) {
      variables.add(
          new Use(
              name,
              field == null ? null : field.name,
              variable.start,
              field == null ? variable.position : field.position,
              isCalled));
    }
  }

  private void visitPath(Syntax.Path path, Set<String> scope, boolean top) {
    for (var i = 0; i < path.steps.size(); i++) {
      var step = path.steps.get(i);
      if (i == 0
          && step instanceof Syntax.Variable variable
          && variable.stages == null
          && path.steps.size() > 1
          && path.steps.get(1) instanceof Syntax.Name field) {
        visitVariable(variable, field, scope, false);
        visitStages(variable.predicates, scope);
      } else {
        visit(step, scope, top && i == 0);
      }
    }
  }

  private void visitCall(Syntax callee, List<Syntax> arguments, Set<String> scope, boolean top) {
    if (callee instanceof Syntax.Variable variable) {
      visitVariable(variable, null, scope, true);
    } else if (!(callee instanceof Syntax.Path path
        && path.steps.size() == 1
        && path.steps.getFirst() instanceof Syntax.Name)) {
      visit(callee, scope, top);
    }
    arguments.forEach(argument -> visit(argument, scope, top));
  }

  private void visitAssignment(Syntax.Assignment assignment, Set<String> scope, boolean top) {
    var name = assignment.variable.name;
    assigned.add(use(name, assignment.variable, false));
    // A function may call itself by the name it is assigned to.
    if (assignment.value instanceof Syntax.Lambda) {
      scope.add(name);
    }
    visit(assignment.value, scope, top);
    scope.add(name);
  }
}
