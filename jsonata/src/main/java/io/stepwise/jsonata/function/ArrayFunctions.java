package io.stepwise.jsonata.function;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.FunctionValue;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.MergeSort;
import io.stepwise.jsonata.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.StringNode;

/** Functions of arrays that take no function but a comparator. */
final class ArrayFunctions {
  private ArrayFunctions() {}

  static void define(Library library) {
    library.define("count", "<a:n>", 1, ArrayFunctions::count);
    library.define("append", "<xx:a>", 2, ArrayFunctions::append);
    library.define("exists", "<x:b>", 1, (_, a) -> Values.bool(a[0] != null));
    library.define("reverse", "<a:a>", 1, ArrayFunctions::reverse);
    library.define("shuffle", "<a:a>", 1, ArrayFunctions::shuffle);
    library.define("distinct", "<x:x>", 1, ArrayFunctions::distinct);
    library.define("zip", "<a+>", 0, ArrayFunctions::zip);
    library.define("sort", "<af?:a>", 2, ArrayFunctions::sort);
  }

  private static JsonNode count(Evaluation evaluation, @Nullable JsonNode[] a) {
    return Values.number(a[0] instanceof ArrayNode array ? array.size() : 0);
  }

  private static @Nullable JsonNode append(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return a[1];
    }
    if (a[1] == null) {
      return a[0];
    }
    var result = Items.array(8);
    result.append(a[0], evaluation);
    result.append(a[1], evaluation);
    return result;
  }

  private static @Nullable JsonNode reverse(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!(a[0] instanceof ArrayNode array) || array.size() < 2) {
      return a[0];
    }
    var result = Items.array(array.size());
    for (var i = array.size() - 1; i >= 0; i--) {
      result.push(array.get(i), evaluation);
    }
    evaluation.steps(array.size() >> 2);
    return result;
  }

  private static @Nullable JsonNode shuffle(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!(a[0] instanceof ArrayNode array) || array.size() < 2) {
      return a[0];
    }
    var shuffled = new JsonNode[array.size()];
    for (var i = 0; i < shuffled.length; i++) {
      var other = (int) Math.floor(evaluation.moment().nextDouble() * (i + 1));
      shuffled[i] = shuffled[other];
      shuffled[other] = array.get(i);
    }
    evaluation.steps(shuffled.length >> 2);
    var result = Items.array(shuffled.length);
    for (var item : shuffled) {
      result.push(item, evaluation);
    }
    return result;
  }

  private static @Nullable JsonNode distinct(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!(a[0] instanceof ArrayNode array) || array.size() < 2) {
      return a[0];
    }
    var size = array.size();
    var result =
        array instanceof Items items && items.isSequence() ? Items.sequence() : Items.array(8);
    var texts = new HashSet<String>();
    var numbers = new HashSet<Double>();
    var others = new HashMap<Object, List<JsonNode>>();
    for (var i = 0; i < size; i++) {
      evaluation.step();
      var item = array.get(i);
      var isNew =
          switch (item) {
            case StringNode text -> texts.add(text.stringValue());
            case NumericNode _ -> isNew(Values.toDouble(item), numbers);
            default -> isNew(item, others, evaluation);
          };
      if (isNew) {
        result.push(item, evaluation);
      }
    }
    return result;
  }

  private static boolean isNew(double number, HashSet<Double> seen) {
    return Double.isNaN(number) || seen.add(number == 0 ? 0.0 : number);
  }

  private static boolean isNew(
      JsonNode item, HashMap<Object, List<JsonNode>> seen, Evaluation evaluation) {
    Object kind =
        switch (item) {
          case BooleanNode bool -> bool.booleanValue();
          case NullNode _ -> "null";
          default -> item.size();
        };
    var alike = seen.computeIfAbsent(kind, _ -> new ArrayList<>());
    for (var other : alike) {
      evaluation.step();
      if (Values.equal(item, other, evaluation)) {
        return false;
      }
    }
    alike.add(item);
    return true;
  }

  private static JsonNode zip(Evaluation evaluation, @Nullable JsonNode[] a) {
    var count = a.length;
    var size = Integer.MAX_VALUE;
    for (var i = 0; i < count; i++) {
      size = Math.min(size, a[i] instanceof ArrayNode array ? array.size() : 0);
    }
    var result = Items.array(size);
    for (var i = 0; i < size; i++) {
      var tuple = Items.array(count);
      for (var k = 0; k < count; k++) {
        if (a[k] instanceof ArrayNode array) {
          tuple.push(array.get(i), evaluation);
        }
      }
      evaluation.step();
      result.push(tuple, evaluation);
    }
    return result;
  }

  private static @Nullable JsonNode sort(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!(a[0] instanceof ArrayNode array) || array.size() < 2) {
      return a[0];
    }
    var items = new JsonNode[array.size()];
    var texts = true;
    var numbers = true;
    for (var i = 0; i < items.length; i++) {
      items[i] = array.get(i);
      texts &= items[i] instanceof StringNode;
      numbers &= a[1] == null && numbers && Values.isFinite(items[i]);
    }
    evaluation.steps(items.length);
    if (a[1] instanceof FunctionValue comparator) {
      MergeSort.sort(
          items,
          (left, right) -> {
            evaluation.step();
            return isTruthy(Values.unwrap(comparator.call(evaluation, left, right)));
          });
    } else if (texts) {
      java.util.Arrays.sort(
          items, (left, right) -> Values.string(left).compareTo(Values.string(right)));
    } else if (numbers) {
      java.util.Arrays.sort(
          items, (left, right) -> Double.compare(Values.toDouble(left), Values.toDouble(right)));
    } else {
      throw JsonataException.of("D3070");
    }
    var result = Items.array(items.length);
    for (var item : items) {
      result.push(item, evaluation);
    }
    return result;
  }

  /** What a script language takes for true. */
  private static boolean isTruthy(@Nullable JsonNode value) {
    return switch (value) {
      case null -> false;
      case BooleanNode bool -> bool.booleanValue();
      case NullNode _ -> false;
      case StringNode text -> !text.stringValue().isEmpty();
      case NumericNode _ -> {
        var number = Values.toDouble(value);
        yield number != 0 && !Double.isNaN(number);
      }
      default -> true;
    };
  }
}
