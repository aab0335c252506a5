package io.stepwise.expression.jsonata;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import io.stepwise.expression.JsonNumbers;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON array or object as the collection the engine wants, without converting what nobody looks
 * at. Handed back as a result it is the same JSON again. Read only, for one evaluation.
 */
sealed interface JsonView {
  /** The JSON behind it. */
  JsonNode node();

  /** Memory it counts for. Units: bytes, see {@link Guard}. */
  long weight();

  /** A JSON value as the engine's: JSON null is the engine's null, not its undefined. */
  static Object of(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> new ArrayView(node);
      case OBJECT -> new ObjectView(node);
      case STRING -> node.stringValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      default -> Jsonata.NULL_VALUE;
    };
  }

  private static Object number(JsonNode node) {
    if (node.isInt()) {
      return node.intValue();
    }
    if (node.isLong()) {
      return node.longValue();
    }
    var value = JsonNumbers.toDouble(node);
    var number = Double.isFinite(value) ? Utils.convertNumber(value) : null;
    return number == null ? (Object) value : number;
  }

  private static long weigh(JsonNode node) {
    if (!node.isContainer()) {
      return node.isString() ? 2L * node.stringValue().length() : 8;
    }
    var weight = 0L;
    for (var name : node.propertyNames()) {
      weight += 2L * name.length();
    }
    for (var child : node) {
      weight += 4 + weigh(child);
    }
    return weight;
  }

  /** An array. */
  final class ArrayView extends AbstractList<Object> implements JsonView {
    private final JsonNode node;
    private final @Nullable Object[] items;
    private long weight = -1;

    private ArrayView(JsonNode node) {
      this.node = node;
      this.items = new Object[node.size()];
    }

    @Override
    public JsonNode node() {
      return node;
    }

    @Override
    public long weight() {
      weight = weight < 0 ? weigh(node) : weight;
      return weight;
    }

    @Override
    public Object get(int index) {
      var item = items[index];
      if (item == null) {
        item = of(node.get(index));
        items[index] = item;
      }
      return item;
    }

    @Override
    public int size() {
      return items.length;
    }
  }

  /** An object. */
  final class ObjectView extends AbstractMap<String, Object> implements JsonView {
    private final JsonNode node;
    private final Map<String, Object> members = new HashMap<>();
    private long weight = -1;

    private ObjectView(JsonNode node) {
      this.node = node;
    }

    @Override
    public JsonNode node() {
      return node;
    }

    @Override
    public long weight() {
      weight = weight < 0 ? weigh(node) : weight;
      return weight;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
      if (!(key instanceof String name)) {
        return null;
      }
      var member = members.get(name);
      if (member == null) {
        var child = node.get(name);
        if (child == null) {
          return null;
        }
        member = of(child);
        members.put(name, member);
      }
      return member;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return key instanceof String name && node.has(name);
    }

    @Override
    public int size() {
      return node.size();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public Iterator<Entry<String, Object>> iterator() {
          var names = node.propertyNames().iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return names.hasNext();
            }

            @Override
            public Entry<String, Object> next() {
              var name = names.next();
              var value = get(name);
              return new SimpleImmutableEntry<>(name, value == null ? Jsonata.NULL_VALUE : value);
            }
          };
        }

        @Override
        public int size() {
          return node.size();
        }
      };
    }
  }
}
