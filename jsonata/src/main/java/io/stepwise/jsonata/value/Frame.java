package io.stepwise.jsonata.value;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The variables of one block, function call or tuple, and those around it. */
public final class Frame {
  /** In a slot: bound to undefined. A slot never bound is null. */
  public static final JsonNode UNDEFINED = MissingNode.getInstance();

  /** The one around. */
  public final @Nullable Frame parent;

  /** By number. */
  public final @Nullable JsonNode[] slots;

  /** With so many unbound slots. */
  public Frame(@Nullable Frame parent, int size) {
    this.parent = parent;
    this.slots = new JsonNode[size];
  }

  private Frame(@Nullable Frame parent, @Nullable JsonNode[] slots) {
    this.parent = parent;
    this.slots = slots;
  }

  /** Another with the same bindings. */
  public Frame copy() {
    return new Frame(parent, slots.clone());
  }

  /** Binds; null is undefined. */
  public void bind(int slot, @Nullable JsonNode value) {
    slots[slot] = value == null ? UNDEFINED : value;
  }
}
