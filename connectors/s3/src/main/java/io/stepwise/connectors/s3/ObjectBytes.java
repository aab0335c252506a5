package io.stepwise.connectors.s3;

import java.io.ByteArrayOutputStream;

/**
 * The bytes of an object in order, fetched in chunks, with a look at the next one. Confined to one
 * thread.
 */
final class ObjectBytes {
  /** What is fetched at a time. Units: bytes. */
  static final int CHUNK = 512 << 10;

  /** Longest item. Source: AWS, "Using ItemReader": 8 MB, cut down to 256 KiB by a selector. */
  static final int ITEM_MAX = 8 << 20;

  /** After the last byte. */
  static final int END = -1;

  private final ObjectStore store;
  private final ObjectStore.ObjectName name;
  private String etag;
  private long chunkAt;
  private byte[] chunk = new byte[0];
  private int next;
  private long size = Long.MAX_VALUE;

  ObjectBytes(ObjectStore store, ObjectStore.ObjectName name, String etag, long from) {
    this.store = store;
    this.name = name;
    this.etag = etag;
    this.chunkAt = from;
  }

  /** Where the next byte is. Units: bytes from the start of the object. */
  long position() {
    return chunkAt + next;
  }

  /** What the object was when it was read. */
  String etag() {
    return etag;
  }

  /** The next byte, or {@link #END}; it stays the next one. */
  int peek() throws ObjectStoreException {
    if (next == chunk.length && !fetch()) {
      return END;
    }
    return chunk[next] & 0xff;
  }

  /** Takes the next byte, or {@link #END}. */
  int take() throws ObjectStoreException {
    var found = peek();
    if (found != END) {
      next++;
    }
    return found;
  }

  /** Takes a byte into an item. Errors: an item that is too long. */
  int takeInto(ByteArrayOutputStream item) throws ObjectStoreException {
    var found = take();
    if (found != END) {
      if (item.size() >= ITEM_MAX) {
        throw new ObjectStoreException("An item is larger than 8 MB.");
      }
      item.write(found);
    }
    return found;
  }

  /** Takes spaces, tabs and line ends. */
  void skipSpace() throws ObjectStoreException {
    while (isSpace(peek())) {
      next++;
    }
  }

  static boolean isSpace(int found) {
    return found == ' ' || found == '\t' || found == '\n' || found == '\r';
  }

  /** Leaves out a byte order mark at the start of the object. */
  void skipByteOrderMark() throws ObjectStoreException {
    if (position() == 0 && peek() == 0xef) {
      next += Math.min(3, chunk.length - next);
    }
  }

  private boolean fetch() throws ObjectStoreException {
    chunkAt += chunk.length;
    next = 0;
    chunk = new byte[0];
    if (chunkAt >= size) {
      return false;
    }
    var part = store.read(name, etag, chunkAt, CHUNK);
    chunk = part.bytes();
    size = part.size();
    etag = part.etag();
    return chunk.length > 0;
  }
}
