package io.stepwise.jsonata.node;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a frame will hold, known while compiling: the names bound in a block, a function or the
 * tuples of a path. A block that turns out to bind nothing has no frame of its own.
 */
final class Scope {
  final @Nullable Scope parent;

  /** Whether it has a frame even if it binds nothing. */
  private final boolean always;

  private final List<String> names = new ArrayList<>();

  /**
   * How many of the names every tuple carries along; the others are bound while it is looked at.
   */
  private final List<String> carried = new ArrayList<>();

  private boolean assigns;

  Scope(@Nullable Scope parent, boolean always) {
    this.parent = parent;
    this.always = always;
  }

  boolean hasFrame() {
    return always || !names.isEmpty();
  }

  int size() {
    return names.size();
  }

  /** The slot of a name, made if there is none. */
  int declare(String name) {
    var slot = names.indexOf(name);
    if (slot < 0) {
      slot = names.size();
      names.add(name);
    }
    return slot;
  }

  /** The slot of a name that tuples carry along. */
  int carry(String name) {
    if (!carried.contains(name)) {
      carried.add(name);
    }
    return declare(name);
  }

  List<String> carried() {
    return carried;
  }

  /** The slot of a name that is assigned to. */
  int assign(String name) {
    assigns = true;
    return declare(name);
  }

  /** Whether anything is bound while a tuple is looked at, and forgotten with it. */
  boolean assigns() {
    return assigns || carried.size() < names.size();
  }

  /** The slot of a name; -1 if there is none. */
  int slot(String name) {
    return names.indexOf(name);
  }
}
