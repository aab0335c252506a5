package io.stepwise.jsonata.function;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.Members;
import io.stepwise.jsonata.value.Values;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Functions of objects, of types and of errors. */
final class ObjectFunctions {
  private ObjectFunctions() {}

  static void define(Library library) {
    library.define("keys", "<x-:a<s>>", 1, ObjectFunctions::keys);
    library.define("lookup", "<x-s:x>", 2, ObjectFunctions::lookup);
    library.define("spread", "<x-:a<o>>", 1, (e, a) -> spread(a[0], e));
    library.define("merge", "<a<o>:o>", 1, ObjectFunctions::merge);
    library.define("clone", "<(oa)-:o>", 1, (e, a) -> a[0] == null ? null : Values.copy(a[0], e));
    library.define("type", "<x:s>", 1, ObjectFunctions::type);
    library.define("error", "<s?:x>", 1, ObjectFunctions::error);
    library.define("assert", "<bs?:x>", 2, ObjectFunctions::check);
  }

  private static JsonNode keys(Evaluation evaluation, @Nullable JsonNode[] a) {
    var names = new LinkedHashSet<String>();
    collect(a[0], names, evaluation);
    var keys = Items.sequence(names.size());
    for (var name : names) {
      evaluation.text(0); // the name itself is shared
      keys.push(Values.text(name), evaluation);
    }
    return keys;
  }

  private static void collect(
      @Nullable JsonNode value, LinkedHashSet<String> names, Evaluation evaluation) {
    if (value instanceof ObjectNode object) {
      evaluation.steps(object.size());
      names.addAll(object.propertyNames());
    } else if (value instanceof ArrayNode array) {
      evaluation.enter();
      for (var item : array) {
        evaluation.step();
        collect(item, names, evaluation);
      }
      evaluation.leave();
    }
  }

  private static @Nullable JsonNode lookup(Evaluation evaluation, @Nullable JsonNode[] a) {
    return a[1] == null
        ? Values.lookup(a[0], "undefined", evaluation)
        : Values.lookup(a[0], Values.string(a[1]), evaluation);
  }

  private static @Nullable JsonNode spread(@Nullable JsonNode value, Evaluation evaluation) {
    if (value instanceof ObjectNode object) {
      var parts = Items.sequence(object.size());
      for (var member : object.properties()) {
        evaluation.step();
        var part = new Members();
        part.put(member.getKey(), member.getValue(), evaluation);
        parts.push(part, evaluation);
      }
      return parts;
    }
    if (value instanceof ArrayNode array) {
      evaluation.enter();
      var parts = Items.sequence(array.size());
      for (var item : array) {
        evaluation.step();
        var spread = spread(item, evaluation);
        if (spread != null) {
          parts.append(spread, evaluation);
          parts.asPlain();
        }
      }
      evaluation.leave();
      return parts;
    }
    return value;
  }

  private static @Nullable JsonNode merge(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!(a[0] instanceof ArrayNode array)) {
      return null;
    }
    var merged = new Members();
    for (var item : array) {
      if (item instanceof ObjectNode object) {
        for (var member : object.properties()) {
          evaluation.step();
          merged.put(member.getKey(), member.getValue(), evaluation);
        }
      }
    }
    return merged;
  }

  private static @Nullable JsonNode type(Evaluation evaluation, @Nullable JsonNode[] a) {
    return a[0] == null ? null : Values.text(Values.type(a[0]));
  }

  private static JsonNode error(Evaluation evaluation, @Nullable JsonNode[] a) {
    throw JsonataException.withText("D3137", message(a[0], "$error() function evaluated"));
  }

  private static @Nullable JsonNode check(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!Values.isTrue(a[0])) {
      throw JsonataException.withText("D3141", message(a[1], "$assert() statement failed"));
    }
    return null;
  }

  private static String message(@Nullable JsonNode text, String otherwise) {
    return text == null || Values.string(text).isEmpty() ? otherwise : Values.string(text);
  }
}
