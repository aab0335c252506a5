package io.stepwise.jsonata.function;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.FunctionValue;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.Members;
import io.stepwise.jsonata.value.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Functions that take a function. It gets as many arguments as it has a use for. */
final class HigherOrderFunctions {
  private HigherOrderFunctions() {}

  static void define(Library library) {
    library.define("map", "<af>", 2, HigherOrderFunctions::map);
    library.define("filter", "<af>", 2, HigherOrderFunctions::filter);
    library.define("single", "<af?>", 2, HigherOrderFunctions::single);
    library.define("reduce", "<afj?:j>", 3, HigherOrderFunctions::reduce);
    library.define("sift", "<o-f?:o>", 2, HigherOrderFunctions::sift);
    library.define("each", "<o-f:a>", 2, HigherOrderFunctions::each);
  }

  private static @Nullable JsonNode call(
      FunctionValue function, JsonNode value, JsonNode key, JsonNode whole, Evaluation evaluation) {
    evaluation.step();
    return switch (function.arity()) {
      case 0, 1 -> function.call(evaluation, value);
      case 2 -> function.call(evaluation, value, key);
      default -> function.call(evaluation, value, key, whole);
    };
  }

  private static FunctionValue function(@Nullable JsonNode argument) {
    if (argument instanceof FunctionValue function) {
      return function;
    }
    throw JsonataException.of("T1006");
  }

  private static @Nullable JsonNode map(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!(a[0] instanceof ArrayNode array)) {
      return null;
    }
    var function = function(a[1]);
    var size = array.size();
    var result = Items.sequence(size);
    for (var i = 0; i < size; i++) {
      var value = call(function, array.get(i), Values.number(i), array, evaluation);
      if (value != null) {
        result.push(value, evaluation);
      }
    }
    return result;
  }

  private static @Nullable JsonNode filter(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!(a[0] instanceof ArrayNode array)) {
      return null;
    }
    var function = function(a[1]);
    var size = array.size();
    var result = Items.sequence();
    for (var i = 0; i < size; i++) {
      var item = array.get(i);
      if (Values.isTrue(call(function, item, Values.number(i), array, evaluation))) {
        result.push(item, evaluation);
      }
    }
    return result;
  }

  private static @Nullable JsonNode single(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!(a[0] instanceof ArrayNode array)) {
      return null;
    }
    JsonNode found = null;
    var size = array.size();
    for (var i = 0; i < size; i++) {
      var item = array.get(i);
      evaluation.step();
      if (a[1] instanceof FunctionValue function
          && !Values.isTrue(call(function, item, Values.number(i), array, evaluation))) {
        continue;
      }
      if (found != null) {
        throw JsonataException.of("D3138");
      }
      found = item;
    }
    if (found == null) {
      throw JsonataException.of("D3139");
    }
    return found;
  }

  private static @Nullable JsonNode reduce(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!(a[0] instanceof ArrayNode array)) {
      return null;
    }
    var function = function(a[1]);
    var arity = function.arity();
    if (arity < 2) {
      throw JsonataException.of("D3050");
    }
    var size = array.size();
    var begins = a[2] == null && size > 0;
    var result = begins ? array.get(0) : a[2];
    for (var i = begins ? 1 : 0; i < size; i++) {
      evaluation.step();
      var item = array.get(i);
      result =
          switch (arity) {
            case 2 -> function.call(evaluation, result, item);
            case 3 -> function.call(evaluation, result, item, Values.number(i));
            default -> function.call(evaluation, result, item, Values.number(i), array);
          };
    }
    return result;
  }

  private static @Nullable JsonNode sift(Evaluation evaluation, @Nullable JsonNode[] a) {
    var result = new Members();
    if (a[0] instanceof ObjectNode object) {
      for (var member : object.properties()) {
        var function = function(a[1]);
        var value = member.getValue();
        var key = Values.text(member.getKey());
        if (Values.isTrue(call(function, value, key, object, evaluation))) {
          result.put(member.getKey(), value, evaluation);
        }
      }
    }
    return result.isEmpty() ? null : result;
  }

  private static JsonNode each(Evaluation evaluation, @Nullable JsonNode[] a) {
    var result = Items.sequence();
    if (a[0] instanceof ObjectNode object) {
      var function = function(a[1]);
      for (var member : object.properties()) {
        var key = Values.text(member.getKey());
        var value = call(function, member.getValue(), key, object, evaluation);
        if (value != null) {
          result.push(value, evaluation);
        }
      }
    }
    return result;
  }
}
