package io.stepwise.jsonata.syntax;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.syntax.Syntax.Grouping;
import io.stepwise.jsonata.syntax.Syntax.Pair;
import io.stepwise.jsonata.syntax.Syntax.Path;
import io.stepwise.jsonata.syntax.Syntax.Raw;
import io.stepwise.jsonata.syntax.Syntax.Slot;
import io.stepwise.jsonata.syntax.Syntax.Stage;
import io.stepwise.jsonata.syntax.Syntax.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Turns the tree as written into the tree that means something.
 *
 * <p>Dots become paths, predicates stages of their step. Each parent ({@code %}) walks back along
 * its path to the step whose context it names; a step it passes through that is a parent itself
 * sends it one level further. What doesn't find its step inside goes on seeking in the path around.
 */
final class Shaper {
  Syntax shapeWhole(Syntax tree) {
    var shaped = shape(tree);
    if (shaped instanceof Syntax.Parent || !shaped.seeking.isEmpty()) {
      throw underivable(shaped);
    }
    return shaped;
  }

  private static JsonataException underivable(Syntax node) {
    return JsonataException.of("S0217")
        .at(node instanceof Path || node instanceof Syntax.Parent ? 0 : node.position, node.kind());
  }

  private Syntax shape(Syntax node) {
    var shaped = shapeKind(node);
    if (node.keepArray) {
      shaped.keepArray = true;
    }
    return shaped;
  }

  private Syntax shapeKind(Syntax node) {
    return switch (node) {
      case Raw raw -> shapeRaw(raw);
      case Syntax.Name name -> {
        var path = new Path(name.start, name.position);
        path.steps.add(name);
        path.keepSingleton = name.keepArray;
        yield path;
      }
      case Syntax.Negation negation -> {
        negation.operand = shape(negation.operand);
        if (negation.operand instanceof Syntax.Numeral number) {
          yield marked(
              new Syntax.Numeral(-number.value, "-" + number.text, negation.start, number.position),
              number);
        }
        seek(negation, negation.operand);
        yield negation;
      }
      case Syntax.Elements elements -> {
        elements.items.replaceAll(item -> shapeBelow(elements, item));
        yield elements;
      }
      case Syntax.Members members -> {
        members.grouping = shape(members, members.grouping);
        yield members;
      }
      case Syntax.Binary binary -> {
        binary.left = shapeBelow(binary, binary.left);
        binary.right = shapeBelow(binary, binary.right);
        yield binary;
      }
      case Syntax.Application application -> {
        // A parent in it finds no step any more, and stands for nothing.
        application.left = shape(application.left);
        application.right = shape(application.right);
        application.keepArray |= application.left.keepArray || application.right.keepArray;
        yield application;
      }
      case Syntax.Assignment assignment -> {
        assignment.value = shapeBelow(assignment, assignment.value);
        yield assignment;
      }
      case Syntax.Condition condition -> {
        condition.condition = shapeBelow(condition, condition.condition);
        condition.then = shapeBelow(condition, condition.then);
        if (condition.otherwise != null) {
          condition.otherwise = shapeBelow(condition, condition.otherwise);
        }
        yield condition;
      }
      case Syntax.Call call -> {
        call.arguments.replaceAll(argument -> shapeBelow(call, argument));
        call.callee = shape(call.callee);
        yield call;
      }
      case Syntax.Partial partial -> {
        partial.arguments.replaceAll(
            argument ->
                argument instanceof Syntax.Placeholder ? argument : shapeBelow(partial, argument));
        partial.callee = shape(partial.callee);
        yield partial;
      }
      case Syntax.Lambda lambda -> {
        lambda.body = shape(lambda.body);
        markTail(lambda.body);
        yield lambda;
      }
      case Syntax.Transform transform -> {
        transform.pattern = shape(transform.pattern);
        transform.update = shape(transform.update);
        if (transform.delete != null) {
          transform.delete = shape(transform.delete);
        }
        yield transform;
      }
      case Syntax.Block block -> {
        for (var i = 0; i < block.expressions.size(); i++) {
          var part = shapeBelow(block, block.expressions.get(i));
          block.expressions.set(i, part);
          if (part.constructed || part instanceof Path path && path.steps.getFirst().constructed) {
            block.constructed = true;
          }
        }
        yield block;
      }
      case Syntax.Placeholder placeholder ->
          throw JsonataException.of("S0201").at(placeholder.position, "?");
      case Syntax.End end -> throw JsonataException.of("S0207").at(end.position, "(end)");
      case Syntax.Text _,
          Syntax.Numeral _,
          Syntax.Value _,
          Syntax.Variable _,
          Syntax.Regex _,
          Syntax.Wildcard _,
          Syntax.Descendants _,
          Syntax.Parent _,
          Path _,
          Syntax.Sort _ ->
          node;
    };
  }

  private Syntax shapeBelow(Syntax above, Syntax node) {
    var shaped = shape(node);
    seek(above, shaped);
    return shaped;
  }

  private Grouping shape(@Nullable Syntax above, Grouping grouping) {
    return new Grouping(shape(above, grouping.pairs()), grouping.position());
  }

  private List<Pair> shape(@Nullable Syntax above, List<Pair> pairs) {
    var shaped = new ArrayList<Pair>(pairs.size());
    for (var pair : pairs) {
      var key = shape(pair.key());
      var value = shape(pair.value());
      if (above != null) {
        seek(above, key);
        seek(above, value);
      }
      shaped.add(new Pair(key, value));
    }
    return shaped;
  }

  /** What a part seeks, the whole seeks. */
  private static void seek(Syntax whole, Syntax part) {
    part.seeking.forEach(slot -> seek(whole, slot));
    if (part instanceof Syntax.Parent parent) {
      seek(whole, parent.slot);
    }
  }

  private static void seek(Syntax whole, Slot slot) {
    if (whole.seeking.isEmpty()) {
      whole.seeking = new ArrayList<>();
    }
    whole.seeking.add(slot);
  }

  private Syntax shapeRaw(Raw raw) {
    return switch (raw.operator) {
      case '.' -> shapeDot(raw);
      case '[' -> shapePredicate(raw);
      case '{' -> shapeGroup(raw);
      case '^' -> shapeOrder(raw);
      case '@' -> shapeFocus(raw);
      default -> shapeIndex(raw);
    };
  }

  private Syntax shapeDot(Raw raw) {
    var left = shape(raw.left);
    Path path;
    if (left instanceof Path already) {
      path = already;
    } else {
      path = new Path(left.start, left.position);
      path.steps.add(left);
      if (left instanceof Syntax.Parent parent) {
        seek(path, parent.slot);
      }
    }
    var right = shape(Objects.requireNonNull(raw.right));
    if (right instanceof Path more) {
      path.steps.addAll(more.steps);
      if (more.group != null) {
        path.group = more.group;
      }
    } else {
      if (right.predicates != null) {
        right.stages = right.predicates;
        right.predicates = null;
      }
      path.steps.add(right);
    }
    for (var i = 0; i < path.steps.size(); i++) {
      var step = path.steps.get(i);
      if (step instanceof Syntax.Numeral number) {
        var value = JsonNodeFactory.instance.numberNode(number.value);
        throw JsonataException.of("S0213", value).at(step.position, null);
      }
      if (step instanceof Syntax.Value value) {
        throw JsonataException.of("S0213", literal(value)).at(step.position, null);
      }
      if (step instanceof Syntax.Text text) {
        path.steps.set(i, named(text));
      }
      if (step.keepArray) {
        path.keepSingleton = true;
      }
    }
    var first = path.steps.getFirst();
    var last = path.steps.getLast();
    if (first instanceof Syntax.Elements) {
      first.constructed = true;
    }
    if (last instanceof Syntax.Elements) {
      last.constructed = true;
    }
    resolve(path);
    return path;
  }

  private static tools.jackson.databind.JsonNode literal(Syntax.Value value) {
    return switch (value.word) {
      case "true" -> JsonNodeFactory.instance.booleanNode(true);
      case "false" -> JsonNodeFactory.instance.booleanNode(false);
      default -> JsonNodeFactory.instance.nullNode();
    };
  }

  /** A string as a step is the name of a field. */
  private static Syntax named(Syntax.Text text) {
    return marked(new Syntax.Name(text.text, text.start, text.position), text);
  }

  /** A node with the marks of the one it takes the place of. */
  private static Syntax marked(Syntax node, Syntax other) {
    node.predicates = other.predicates;
    node.stages = other.stages;
    node.group = other.group;
    node.focus = other.focus;
    node.index = other.index;
    node.keepArray = other.keepArray;
    node.tuple = other.tuple;
    return node;
  }

  private Syntax shapePredicate(Raw raw) {
    var result = shape(raw.left);
    var inPath = result instanceof Path;
    var step = lastStep(result);
    if (step.group != null) {
      throw JsonataException.of("S0209").at(raw.position, null);
    }
    var condition = shape(Objects.requireNonNull(raw.right));
    for (var slot : condition.seeking) {
      if (slot.level == 1) {
        find(step, slot);
      } else {
        slot.level--;
      }
    }
    condition.seeking.forEach(slot -> seek(step, slot));
    var stages = inPath ? step.stages : step.predicates;
    if (stages == null) {
      stages = new ArrayList<>();
      if (inPath) {
        step.stages = stages;
      } else {
        step.predicates = stages;
      }
    }
    stages.add(new Stage.Filter(condition, raw.position));
    return result;
  }

  private static Syntax lastStep(Syntax node) {
    return node instanceof Path path ? path.steps.getLast() : node;
  }

  private Syntax shapeGroup(Raw raw) {
    var result = shape(raw.left);
    if (result.group != null) {
      throw JsonataException.of("S0210").at(raw.position, null);
    }
    var pairs = Objects.requireNonNull(raw.pairs);
    result.group = new Grouping(shape(null, pairs), raw.position);
    return result;
  }

  private Syntax shapeOrder(Raw raw) {
    var path = pathOf(shape(raw.left));
    var terms = new ArrayList<Term>();
    var sort = new Syntax.Sort(terms, raw.start, raw.position);
    for (var term : Objects.requireNonNull(raw.terms)) {
      terms.add(new Term(shapeBelow(sort, term.expression()), term.descending()));
    }
    path.steps.add(sort);
    resolve(path);
    return path;
  }

  private static Path pathOf(Syntax node) {
    if (node instanceof Path path) {
      return path;
    }
    var path = new Path(node.start, node.position);
    path.steps.add(node);
    return path;
  }

  private Syntax shapeFocus(Raw raw) {
    var result = shape(raw.left);
    var step = lastStep(result);
    if (step.stages != null || step.predicates != null) {
      throw JsonataException.of("S0215").at(raw.position, null);
    }
    if (step instanceof Syntax.Sort) {
      throw JsonataException.of("S0216").at(raw.position, null);
    }
    if (raw.keepArray) {
      step.keepArray = true;
    }
    step.focus = variable(raw).name;
    step.tuple = true;
    return result;
  }

  private Syntax shapeIndex(Raw raw) {
    var result = shape(raw.left);
    var path = pathOf(result);
    var step = path.steps.getLast();
    if (result != path && step.predicates != null) {
      step.stages = step.predicates;
      step.predicates = null;
    }
    var name = variable(raw).name;
    if (step.stages == null) {
      step.index = name;
    } else {
      step.stages.add(new Stage.Index(name, raw.position));
    }
    step.tuple = true;
    return path;
  }

  private static Syntax.Variable variable(Raw raw) {
    return (Syntax.Variable) Objects.requireNonNull(raw.right);
  }

  /** Settles the parents of the last step of a path, as far as the path reaches. */
  private void resolve(Path path) {
    var last = path.steps.getLast();
    var seeking = new ArrayList<>(last.seeking);
    if (last instanceof Syntax.Parent parent) {
      seeking.add(parent.slot);
    }
    for (var slot : seeking) {
      var index = path.steps.size() - 2;
      while (slot.level > 0) {
        if (index < 0) {
          seek(path, slot);
          break;
        }
        var step = path.steps.get(index--);
        // Steps that bind a variable keep their context: one of several in a row counts.
        while (index >= 0 && step.focus != null && path.steps.get(index).focus != null) {
          step = path.steps.get(index--);
        }
        find(step, slot);
      }
    }
  }

  /** Goes through one step; when the level reaches zero the step is the one sought. */
  private void find(Syntax node, Slot slot) {
    switch (node) {
      case Syntax.Name _, Syntax.Wildcard _ -> {
        slot.level--;
        if (slot.level == 0) {
          if (node.ancestor == null) {
            node.ancestor = slot;
          } else {
            slot.label = node.ancestor.label;
          }
          node.tuple = true;
        }
      }
      case Syntax.Parent _ -> slot.level++;
      case Syntax.Block block -> {
        if (!block.expressions.isEmpty()) {
          block.tuple = true;
          find(block.expressions.getLast(), slot);
        }
      }
      case Path path -> {
        path.tuple = true;
        var index = path.steps.size() - 1;
        find(path.steps.get(index--), slot);
        while (slot.level > 0 && index >= 0) {
          find(path.steps.get(index--), slot);
        }
      }
      default -> throw underivable(node);
    }
  }

  /** A call whose value is the function's own needs no room on the stack. */
  private static void markTail(Syntax body) {
    switch (body) {
      case Syntax.Call call -> call.tail = call.predicates == null;
      case Syntax.Condition condition -> {
        markTail(condition.then);
        if (condition.otherwise != null) {
          markTail(condition.otherwise);
        }
      }
      case Syntax.Block block -> {
        if (!block.expressions.isEmpty()) {
          markTail(block.expressions.getLast());
        }
      }
      default -> {} // has work left to do
    }
  }
}
