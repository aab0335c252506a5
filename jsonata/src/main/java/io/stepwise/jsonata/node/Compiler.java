package io.stepwise.jsonata.node;

import io.stepwise.jsonata.function.Library;
import io.stepwise.jsonata.syntax.Syntax;
import io.stepwise.jsonata.syntax.Syntax.Stage;
import io.stepwise.jsonata.value.Signature;
import io.stepwise.jsonata.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;

/** Turns a syntax tree into operations, with every variable's place found. */
public final class Compiler {
  private final List<String> globals = new ArrayList<>();
  private final List<Leaves.Variable> variables = new ArrayList<>();
  private final Scope root = new Scope(null, true);

  private Compiler() {}

  /**
   * A compiled expression.
   *
   * @param frameSize how many variables it binds outside of any block
   * @param globals how many names it looks up outside
   */
  public record Compiled(Node node, int frameSize, int globals) {}

  /** Compiles a shaped tree. */
  public static Compiled compile(Syntax tree) {
    var compiler = new Compiler();
    var node = compiler.compile(tree, compiler.root);
    compiler.variables.forEach(Leaves.Variable::link);
    return new Compiled(node, compiler.root.size(), compiler.globals.size());
  }

  private Node compile(Syntax syntax, Scope scope) {
    var filtered = syntax.predicates != null;
    var raw = filtered || syntax.keepArray || syntax.group != null;
    var node = compileKind(syntax, scope, raw);
    if (syntax.predicates != null) {
      node = new Structures.Predicated(node, filters(syntax.predicates, scope), syntax.keepArray);
    }
    // A call that takes the place of its caller leaves its grouping behind.
    if (syntax.group != null
        && !(syntax instanceof Syntax.Path)
        && !(syntax instanceof Syntax.Call call && call.tail)) {
      node = new Grouping.Of(node, grouping(syntax.group, scope));
    }
    if (syntax.keepArray && !(syntax instanceof Syntax.Path)) {
      node = new Structures.Kept(node);
    } else if (raw && syntax instanceof Syntax.Call) {
      node = new Structures.Unwrapped(node);
    }
    return node;
  }

  private Node[] compile(List<Syntax> all, Scope scope) {
    var nodes = new Node[all.size()];
    for (var i = 0; i < nodes.length; i++) {
      nodes[i] = compile(all.get(i), scope);
    }
    return nodes;
  }

  private Filter[] filters(List<Stage> stages, Scope scope) {
    return stages.stream()
        .filter(Stage.Filter.class::isInstance)
        .map(stage -> filter(((Stage.Filter) stage).condition(), scope))
        .toArray(Filter[]::new);
  }

  /** A number is an index, whatever is written behind it. */
  private Filter filter(Syntax condition, Scope scope) {
    return new Filter(
        condition instanceof Syntax.Numeral number
            ? new Leaves.Constant(Values.number(number.value))
            : compile(condition, scope));
  }

  private Grouping grouping(Syntax.Grouping grouping, Scope scope) {
    var pairs = grouping.pairs();
    var keys = new Node[pairs.size()];
    var values = new Node[keys.length];
    for (var i = 0; i < keys.length; i++) {
      keys[i] = compile(pairs.get(i).key(), scope);
      values[i] = compile(pairs.get(i).value(), scope);
    }
    return new Grouping(keys, values, grouping.position());
  }

  private Node compileKind(Syntax syntax, Scope scope, boolean raw) {
    return switch (syntax) {
      case Syntax.Name name -> new Leaves.Name(name.name);
      case Syntax.Text text -> new Leaves.Constant(Values.text(text.text));
      case Syntax.Numeral number -> new Leaves.Constant(Values.number(number.value));
      case Syntax.Value value ->
          new Leaves.Constant(
              value.word.equals("null")
                  ? NullNode.getInstance()
                  : BooleanNode.valueOf(value.word.equals("true")));
      case Syntax.Variable variable ->
          variable.name.isEmpty()
              ? new Leaves.Context()
              : variable(variable.name, scope, variable.keepArray);
      case Syntax.Regex regex -> new Leaves.Constant(regex.function);
      case Syntax.Wildcard wildcard -> new Leaves.Wildcard(wildcard.keepArray);
      case Syntax.Descendants descendants -> new Leaves.Descendants(descendants.keepArray);
      case Syntax.Parent parent -> variable("%" + parent.slot.label, scope, false);
      case Syntax.Negation negation ->
          new Operators.Negation(compile(negation.operand, scope), negation.position);
      case Syntax.Elements elements -> elements(elements, scope);
      case Syntax.Members members -> grouping(members.grouping, scope);
      case Syntax.Binary binary -> binary(binary, scope);
      case Syntax.Assignment assignment -> {
        var slot = scope.assign(assignment.variable.name);
        yield new Structures.Assignment(slot, compile(assignment.value, scope));
      }
      case Syntax.Condition condition ->
          new Structures.Condition(
              compile(condition.condition, scope),
              compile(condition.then, scope),
              condition.otherwise == null ? null : compile(condition.otherwise, scope));
      case Syntax.Call call ->
          new Calls.Call(
              site(call.callee, call.position, scope),
              compile(call.arguments, scope),
              call.tail,
              raw);
      case Syntax.Partial partial -> partial(partial, scope);
      case Syntax.Lambda lambda -> lambda(lambda, scope);
      case Syntax.Transform transform ->
          new Transform(
              compile(transform.pattern, scope),
              compile(transform.update, scope),
              position(transform.update),
              transform.delete == null ? null : compile(transform.delete, scope),
              transform.delete == null ? 0 : position(transform.delete));
      case Syntax.Block block -> {
        var inner = new Scope(scope, false);
        yield new Structures.Block(compile(block.expressions, inner), inner);
      }
      case Syntax.Application application ->
          new Calls.Application(
              compile(application.left, scope),
              // Whatever stands behind the call is lost, says the reference implementation.
              application.right instanceof Syntax.Call call
                  ? new Calls.Call(
                      site(call.callee, call.position, scope),
                      compile(call.arguments, scope),
                      false,
                      true)
                  : compile(application.right, scope),
              application.position,
              application.keepArray);
      case Syntax.Path path -> path(path, scope);
      default -> throw new IllegalStateException("not shaped: " + syntax.getClass());
    };
  }

  /** A path has no position of its own. */
  private static int position(Syntax syntax) {
    return syntax instanceof Syntax.Path ? 0 : syntax.position;
  }

  private Leaves.Variable variable(String name, Scope scope, boolean keepArray) {
    var global = -1;
    if (!name.startsWith("%")) {
      global = globals.indexOf(name);
      if (global < 0) {
        global = globals.size();
        globals.add(name);
      }
    }
    var variable = new Leaves.Variable(name, scope, global, Library.find(name), keepArray);
    variables.add(variable);
    return variable;
  }

  private Node elements(Syntax.Elements elements, Scope scope) {
    var nested = new boolean[elements.items.size()];
    for (var i = 0; i < nested.length; i++) {
      nested[i] = elements.items.get(i) instanceof Syntax.Elements;
    }
    return new Structures.Elements(compile(elements.items, scope), nested, elements.constructed);
  }

  private Node binary(Syntax.Binary binary, Scope scope) {
    var left = compile(binary.left, scope);
    var right = compile(binary.right, scope);
    var operator = binary.operator;
    var position = binary.position;
    return switch (operator) {
      case "+", "-", "*", "/", "%" -> new Operators.Arithmetic(left, right, operator, position);
      case "&" -> new Operators.Concatenation(left, right, operator, position);
      case "=", "!=" -> new Operators.Equality(left, right, operator, position);
      case "<", "<=", ">", ">=" -> new Operators.Comparison(left, right, operator, position);
      case "in" -> new Operators.Membership(left, right, operator, position);
      case "and", "or" -> new Operators.Connective(left, right, operator, position);
      default -> new Structures.Range(left, right, position);
    };
  }

  private Calls.Site site(Syntax callee, int position, Scope scope) {
    Node bareName = null;
    String token = null;
    if (callee instanceof Syntax.Path path) {
      token = token(path.steps.getFirst());
      if (token != null && !token.isEmpty()) {
        bareName = variable(token, scope, false);
      }
    } else {
      token = token(callee);
    }
    var own = callee instanceof Syntax.Variable ? callee.position : 0;
    return new Calls.Site(compile(callee, scope), position, own, token, bareName);
  }

  private static @Nullable String token(Syntax callee) {
    return switch (callee) {
      case Syntax.Variable variable -> variable.name;
      case Syntax.Name name -> name.name;
      case Syntax.Text text -> text.text;
      case Syntax.Numeral number -> io.stepwise.jsonata.value.Text.script(number.value);
      case Syntax.Value value -> value.word;
      case Syntax.Call _, Syntax.Partial _ -> "(";
      case Syntax.Elements _ -> "[";
      case Syntax.Members _ -> "{";
      case Syntax.Binary binary -> binary.operator;
      case Syntax.Assignment _ -> ":=";
      case Syntax.Application _ -> "~>";
      default -> null;
    };
  }

  private Node partial(Syntax.Partial partial, Scope scope) {
    var arguments = new Node[partial.arguments.size()];
    for (var i = 0; i < arguments.length; i++) {
      var argument = partial.arguments.get(i);
      if (!(argument instanceof Syntax.Placeholder)) {
        arguments[i] = compile(argument, scope);
      }
    }
    return new Calls.Partial(site(partial.callee, partial.position, scope), arguments);
  }

  private Node lambda(Syntax.Lambda lambda, Scope scope) {
    var inner = new Scope(scope, true);
    var parameters =
        lambda.parameters.stream().mapToInt(parameter -> inner.declare(parameter.name)).toArray();
    var body = compile(lambda.body, inner);
    var signature = lambda.signature == null ? null : Signature.parse(lambda.signature);
    return new Calls.Lambda(parameters, signature, body, inner);
  }

  private Node path(Syntax.Path path, Scope scope) {
    for (var step : path.steps) {
      if (step.tuple) {
        return tuplePath(path, scope);
      }
    }
    var steps = new Path.Step[path.steps.size()];
    for (var i = 0; i < steps.length; i++) {
      var step = path.steps.get(i);
      var node = step(step, scope);
      var name = step instanceof Syntax.Name field && step.predicates == null ? field.name : null;
      var single = step instanceof Syntax.Variable || step.constructed;
      var filters = step.stages == null ? Path.Step.NO_FILTERS : filters(step.stages, scope);
      steps[i] = new Path.Step(node, filters, name, single, step.constructed);
    }
    return new Path(
        steps,
        path.keepSingleton,
        path.keepArray,
        path.group == null ? null : grouping(path.group, scope));
  }

  private Node step(Syntax step, Scope scope) {
    return step instanceof Syntax.Sort sort ? sort(sort, scope) : compile(step, scope);
  }

  private Sort sort(Syntax.Sort sort, Scope scope) {
    var descending = new boolean[sort.terms.size()];
    var terms = new Node[descending.length];
    for (var i = 0; i < terms.length; i++) {
      terms[i] = compile(sort.terms.get(i).expression(), scope);
      descending[i] = sort.terms.get(i).descending();
    }
    return new Sort(terms, descending, sort.position);
  }

  private Node tuplePath(Syntax.Path path, Scope scope) {
    var inner = new Scope(scope, true);
    var steps = new TuplePath.Step[path.steps.size()];
    var begun = false;
    for (var i = 0; i < steps.length; i++) {
      var step = path.steps.get(i);
      var tuples = begun || step.tuple;
      var stepScope = begun || step.tuple && !(step instanceof Syntax.Sort) ? inner : scope;
      if (i == 0 && step.constructed) {
        stepScope = scope;
        tuples = false;
      }
      var node = step(step, stepScope);
      carried(step).forEach(inner::carry);
      var focus = step.focus == null ? -1 : inner.carry(step.focus);
      var index = step.index == null ? -1 : inner.carry(step.index);
      var ancestor = step.ancestor == null ? -1 : inner.carry("%" + step.ancestor.label);
      var stages = new ArrayList<TuplePath.Stage>();
      if (step.stages != null) {
        for (var stage : step.stages) {
          stages.add(
              switch (stage) {
                case Stage.Filter filter ->
                    new TuplePath.Stage(filter(filter.condition(), tuples ? inner : scope), -1);
                case Stage.Index bound -> new TuplePath.Stage(null, inner.carry(bound.variable()));
              });
        }
      }
      steps[i] =
          new TuplePath.Step(
              node, stages.toArray(TuplePath.Stage[]::new), tuples, focus, index, ancestor);
      begun |= tuples || step.tuple;
    }
    var first = path.steps.getFirst();
    return new TuplePath(
        steps,
        inner,
        first instanceof Syntax.Variable || first.constructed,
        first.constructed,
        path.keepSingleton || path.keepArray,
        path.tuple,
        path.group == null ? null : grouping(path.group, inner));
  }

  /** What the tuples of a path within a step carry: the path around carries it on. */
  private static List<String> carried(Syntax step) {
    var names = new ArrayList<String>();
    collect(step, names);
    return names;
  }

  private static void collect(Syntax step, List<String> names) {
    if (!step.tuple) {
      return;
    }
    if (step instanceof Syntax.Block block && !block.expressions.isEmpty()) {
      collect(block.expressions.getLast(), names);
    } else if (step instanceof Syntax.Path path) {
      for (var inner : path.steps) {
        collect(inner, names);
        if (inner.focus != null) {
          names.add(inner.focus);
        }
        if (inner.index != null) {
          names.add(inner.index);
        }
        if (inner.ancestor != null) {
          names.add("%" + inner.ancestor.label);
        }
        if (inner.stages != null) {
          for (var stage : inner.stages) {
            if (stage instanceof Stage.Index index) {
              names.add(index.variable());
            }
          }
        }
      }
    }
  }
}
