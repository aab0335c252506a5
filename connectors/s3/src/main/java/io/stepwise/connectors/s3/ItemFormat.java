package io.stepwise.connectors.s3;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A way in which items stand in an object. Confined to one thread, and to one page. */
interface ItemFormat {
  /**
   * Reads items into a page, until it is full or there are no more.
   *
   * @param place where this page begins, from the page before; empty at the start of the object.
   *     What the format must know of it for the next page goes in there
   * @return whether there is more
   */
  boolean read(ObjectBytes bytes, ObjectNode place, Page page) throws ObjectStoreException;

  /** Whether its items are properties of an object. */
  default boolean isKeyed(ObjectNode place) {
    return false;
  }

  /** A page that fills. */
  final class Page {
    private static final long BYTES_MAX = 256 << 10;

    private final ArrayNode items;
    private final int itemsMax;
    private final long from;

    Page(ArrayNode items, int itemsMax, long from) {
      this.items = items;
      this.itemsMax = itemsMax;
      this.from = from;
    }

    ArrayNode items() {
      return items;
    }

    /** Whether it takes no more, given how far the object has been read. */
    boolean isFull(ObjectBytes bytes) {
      return items.size() >= itemsMax || (bytes.position() - from >= BYTES_MAX && !items.isEmpty());
    }
  }
}
