package io.stepwise.jsonata.node;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Frame;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.Members;
import io.stepwise.jsonata.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

/**
 * <code>{key: value}</code>: an object with a member for each key that the items give; a value is
 * evaluated once for all items of its key.
 */
final class Grouping extends Node {
  private final Node[] keys;
  private final Node[] values;
  private final int position;
  private final boolean distinct;

  Grouping(Node[] keys, Node[] values, int position) {
    this.keys = keys;
    this.values = values;
    this.position = position;
    this.distinct = areDistinct(keys);
  }

  private static boolean areDistinct(Node[] keys) {
    var seen = new java.util.HashSet<String>();
    for (var key : keys) {
      if (!(key instanceof Leaves.Constant constant)
          || !(constant.value instanceof StringNode text)
          || !seen.add(text.stringValue())) {
        return false;
      }
    }
    return true;
  }

  /** The items of one key. */
  private static final class Group {
    final int pair;
    @Nullable JsonNode data;
    private boolean own;

    Group(int pair, @Nullable JsonNode data) {
      this.pair = pair;
      this.data = data;
    }

    void add(@Nullable JsonNode item, Evaluation evaluation) {
      if (item == null) {
        return;
      }
      if (data == null) {
        data = item;
        return;
      }
      if (!own) {
        var items = Items.array(4);
        items.append(data, evaluation);
        data = items;
        own = true;
      }
      ((Items) data).append(item, evaluation);
    }
  }

  @Override
  public JsonNode evaluate(Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
    evaluation.enter();
    var object =
        input instanceof ArrayNode array && array.size() > 0
            ? ofMany(array, evaluation, frame)
            : ofOne(input instanceof ArrayNode ? null : input, evaluation, frame);
    evaluation.leave();
    return object;
  }

  private Members ofOne(@Nullable JsonNode item, Evaluation evaluation, Frame frame) {
    var object = new Members();
    if (distinct) {
      for (var i = 0; i < keys.length; i++) {
        var value = values[i].evaluate(evaluation, item, frame);
        if (value != null) {
          object.put(Values.string(((Leaves.Constant) keys[i]).value), value, evaluation);
        }
      }
      return object;
    }
    var names = new String[keys.length];
    var seen = new HashMap<String, Integer>();
    for (var i = 0; i < keys.length; i++) {
      var name = key(i, item, evaluation, frame);
      names[i] = name;
      if (name != null && seen.put(name, i) != null) {
        throw twice(name);
      }
    }
    for (var i = 0; i < keys.length; i++) {
      var name = names[i];
      var value = name == null ? null : values[i].evaluate(evaluation, item, frame);
      if (name != null && value != null) {
        object.put(name, value, evaluation);
      }
    }
    return object;
  }

  private Members ofMany(ArrayNode items, Evaluation evaluation, Frame frame) {
    var groups = new LinkedHashMap<String, Group>();
    var size = items.size();
    for (var n = 0; n < size; n++) {
      evaluation.step();
      var item = items.get(n);
      for (var i = 0; i < keys.length; i++) {
        var name = key(i, item, evaluation, frame);
        if (name == null) {
          continue;
        }
        var group = groups.get(name);
        if (group == null) {
          groups.put(name, new Group(i, item));
        } else if (group.pair != i) {
          throw twice(name);
        } else {
          group.add(item, evaluation);
        }
      }
    }
    var object = new Members();
    for (var entry : groups.entrySet()) {
      var group = entry.getValue();
      var value = values[group.pair].evaluate(evaluation, group.data, frame);
      if (value != null) {
        object.put(entry.getKey(), value, evaluation);
      }
    }
    return object;
  }

  private @Nullable String key(
      int pair, @Nullable JsonNode item, Evaluation evaluation, Frame frame) {
    var key = keys[pair].evaluate(evaluation, item, frame);
    if (key == null) {
      return null;
    }
    if (!(key instanceof StringNode text)) {
      throw JsonataException.of("T1003", key).at(position, null);
    }
    return text.stringValue();
  }

  private JsonataException twice(String key) {
    return JsonataException.of("D1009", Values.text(key)).at(position, null);
  }

  /** The rows of one key. */
  private record Rows(int pair, List<Tuples.Row> rows) {}

  /** The object of tuples: what their variables are bound to is gathered as the items are. */
  JsonNode evaluate(Evaluation evaluation, Tuples tuples, Frame frame) {
    evaluation.enter();
    var groups = new LinkedHashMap<String, Rows>();
    for (var row : tuples.rows) {
      evaluation.step();
      for (var i = 0; i < keys.length; i++) {
        var name = key(i, row.item(), evaluation, row.own(tuples.scope));
        if (name == null) {
          continue;
        }
        var pair = i;
        var group = groups.computeIfAbsent(name, _ -> new Rows(pair, new ArrayList<>()));
        if (group.pair != i) {
          throw twice(name);
        }
        group.rows.add(row);
      }
    }
    var object = new Members();
    for (var entry : groups.entrySet()) {
      var group = entry.getValue();
      var merged = merge(group.rows, tuples.scope, evaluation);
      var value = values[group.pair].evaluate(evaluation, merged.item(), merged.own(tuples.scope));
      if (value != null) {
        object.put(entry.getKey(), value, evaluation);
      }
    }
    evaluation.leave();
    return object;
  }

  private static Tuples.Row merge(List<Tuples.Row> rows, Scope scope, Evaluation evaluation) {
    if (rows.size() == 1) {
      return rows.getFirst();
    }
    var frame = rows.getFirst().frame().copy();
    var items = new Group(0, rows.getFirst().item());
    var slots = scope.carried().stream().mapToInt(scope::slot).toArray();
    var bound = new Group[slots.length];
    for (var i = 0; i < slots.length; i++) {
      bound[i] = new Group(0, valueOf(frame.slots[slots[i]]));
    }
    for (var row : rows.subList(1, rows.size())) {
      items.add(row.item(), evaluation);
      for (var i = 0; i < slots.length; i++) {
        bound[i].add(valueOf(row.frame().slots[slots[i]]), evaluation);
      }
    }
    for (var i = 0; i < slots.length; i++) {
      if (bound[i].data != null) {
        frame.bind(slots[i], bound[i].data);
      }
    }
    return new Tuples.Row(items.data, frame);
  }

  private static @Nullable JsonNode valueOf(@Nullable JsonNode slot) {
    return slot == Frame.UNDEFINED ? null : slot;
  }

  /** What groups the value of something that is no path. */
  static final class Of extends Node {
    private final Node value;
    private final Grouping grouping;

    Of(Node value, Grouping grouping) {
      this.value = value;
      this.grouping = grouping;
    }

    @Override
    public JsonNode evaluate(Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      var grouped = value.evaluate(evaluation, input, frame);
      return grouped instanceof Tuples tuples
          ? grouping.evaluate(evaluation, tuples, frame)
          : grouping.evaluate(evaluation, grouped, frame);
    }
  }
}
