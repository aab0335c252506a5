package io.stepwise.jsonata.value;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/**
 * An array that an evaluation built.
 *
 * <p>A <em>sequence</em> is the result of a query: of one value it is that value, of none it is
 * undefined. A <em>constructed</em> array inside a path stays one value. {@link #weight} is what it
 * counts for, everything in it included as often as it would be printed.
 */
public final class Items extends ArrayNode {
  private static final long serialVersionUID = 1L;

  /** What an array takes, its first few places included. Units: bytes of the heap. */
  private static final int ARRAY_BYTES = 120;

  /** What a place takes in an array that has grown. */
  private static final int PLACE_BYTES = 6;

  /** What a number takes, which may have been made for the place it is in. */
  private static final int NUMBER_BYTES = 16;

  /** What there is in it; the same list the superclass has. */
  private final transient ArrayList<JsonNode> list;

  private boolean sequence;
  private boolean constructed;
  private boolean keepSingleton;
  private boolean wrapper;
  private long weight;
  private int nesting;

  private Items(ArrayList<JsonNode> list, boolean sequence) {
    super(JsonNodeFactory.instance, list);
    this.list = list;
    this.sequence = sequence;
  }

  /** An empty sequence. */
  public static Items sequence() {
    return new Items(new ArrayList<>(), true);
  }

  /** An empty sequence with room. */
  public static Items sequence(int capacity) {
    return new Items(new ArrayList<>(capacity), true);
  }

  /** An empty array with room. */
  public static Items array(int capacity) {
    return new Items(new ArrayList<>(capacity), false);
  }

  /** The sequence of one value. */
  public static Items of(JsonNode only) {
    var items = sequence(1);
    items.list.add(only);
    items.weight = 4 + weigh(only);
    return items;
  }

  /** An input that is an array, as the single value it is to the outermost path. */
  public static Items wrapping(ArrayNode input) {
    var items = of(input);
    items.wrapper = true;
    return items;
  }

  /** Appends one value and pays for it. */
  public void push(JsonNode value, Evaluation evaluation) {
    var bytes = list.isEmpty() ? ARRAY_BYTES : PLACE_BYTES;
    list.add(value);
    weight += 4 + weigh(value);
    nesting = Math.max(nesting, nesting(value) + 1);
    evaluation.grown(value.isNumber() ? bytes + NUMBER_BYTES : bytes, weight, nesting);
  }

  /** Appends what is in an array, or the value. */
  public void append(JsonNode value, Evaluation evaluation) {
    if (value instanceof ArrayNode array) {
      appendAll(array, evaluation);
    } else {
      push(value, evaluation);
    }
  }

  /** Appends what is in an array. */
  public void appendAll(ArrayNode array, Evaluation evaluation) {
    var size = array.size();
    if (array instanceof Items items) {
      list.addAll(items.list);
      weight += items.weight;
      nesting = Math.max(nesting, items.nesting);
    } else {
      list.ensureCapacity(list.size() + size);
      for (var i = 0; i < size; i++) {
        var value = array.get(i);
        list.add(value);
        weight += 4 + weigh(value);
      }
    }
    evaluation.steps(size >> 2);
    evaluation.grown((long) PLACE_BYTES * size, weight, nesting);
  }

  /** What a value inside another counts for. Units: bytes. */
  static long weigh(JsonNode value) {
    if (value instanceof StringNode text) {
      return 2L * text.stringValue().length();
    }
    if (value instanceof Items items) {
      return items.weight;
    }
    return value instanceof Members members ? members.weight() : 8;
  }

  /** How deep what an evaluation built is nested in a value. */
  static int nesting(JsonNode value) {
    if (value instanceof Items items) {
      return items.nesting;
    }
    return value instanceof Members members ? members.nesting() : 0;
  }

  /** The value a query gives: undefined of none, the value of one unless it is to be kept. */
  public @Nullable JsonNode unwrapped() {
    if (sequence) {
      var size = list.size();
      if (size == 0) {
        return null;
      }
      if (size == 1 && !keepSingleton) {
        return list.getFirst();
      }
    }
    return this;
  }

  /** Whether it is the result of a query. */
  public boolean isSequence() {
    return sequence;
  }

  /** As itself, no sequence any more. */
  public Items asPlain() {
    sequence = false;
    return this;
  }

  /** Whether it stays one value in a path. */
  public boolean isConstructed() {
    return constructed;
  }

  /** As itself, staying one value in a path. */
  public Items asConstructed() {
    constructed = true;
    return this;
  }

  /** Makes a sequence of one value stay an array. */
  public void keepSingleton() {
    keepSingleton = true;
  }

  /** Whether it wraps the input. */
  public boolean isWrapper() {
    return wrapper;
  }
}
