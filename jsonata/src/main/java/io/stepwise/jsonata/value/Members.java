package io.stepwise.jsonata.value;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An object that an evaluation built. */
public final class Members extends ObjectNode {
  private static final long serialVersionUID = 1L;

  /** What an object takes, and each of its members. Units: bytes of the heap. */
  private static final int OBJECT_BYTES = 160;

  private static final int MEMBER_BYTES = 56;

  private long weight;
  private int nesting;

  /** Without members. */
  public Members() {
    super(JsonNodeFactory.instance);
  }

  /** Sets a member and pays for it. */
  public void put(String key, JsonNode value, Evaluation evaluation) {
    _children.put(key, value);
    weight += 4 + 2L * key.length() + Items.weigh(value);
    nesting = Math.max(nesting, Items.nesting(value) + 1);
    evaluation.grown(
        _children.size() == 1 ? OBJECT_BYTES + MEMBER_BYTES : MEMBER_BYTES, weight, nesting);
  }

  /** What it counts for, as often as its parts would be printed. Units: bytes. */
  long weight() {
    return weight;
  }

  /** How deep what an evaluation built is nested in it. */
  int nesting() {
    return nesting;
  }
}
