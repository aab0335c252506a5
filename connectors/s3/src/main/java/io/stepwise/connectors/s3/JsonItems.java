package io.stepwise.connectors.s3;

import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The elements of an array, or the properties of an object, that a JSON file holds or that an
 * {@code ItemsPointer} leads to. Only one item is in memory at a time; what leads to the array is
 * passed over unread.
 */
final class JsonItems implements ItemFormat {
  private static final String KEYED = "keyed";
  private static final String NOT_ITERABLE = "Attempting to map over non-iterable node.";

  private final String pointer;

  /**
   * Items below {@code pointer}.
   *
   * @param pointer a JSON Pointer (RFC 6901); empty for the whole file
   */
  JsonItems(String pointer) {
    this.pointer = pointer;
  }

  @Override
  public boolean isKeyed(ObjectNode place) {
    return place.path(KEYED).asBoolean(false);
  }

  @Override
  public boolean read(ObjectBytes bytes, ObjectNode place, Page page) throws ObjectStoreException {
    if (!place.has(KEYED)) {
      bytes.skipByteOrderMark();
      follow(bytes);
      place.put(KEYED, open(bytes));
      bytes.skipSpace();
      if (bytes.peek() == close(place)) {
        return false;
      }
    }
    while (!page.isFull(bytes)) {
      page.items().add(isKeyed(place) ? property(bytes) : element(bytes));
      bytes.skipSpace();
      var separator = bytes.take();
      if (separator == close(place)) {
        return false;
      }
      expect(separator, ',');
    }
    return true;
  }

  private int close(ObjectNode place) {
    return isKeyed(place) ? '}' : ']';
  }

  private static boolean open(ObjectBytes bytes) throws ObjectStoreException {
    bytes.skipSpace();
    return switch (bytes.take()) {
      case '[' -> false;
      case '{' -> true;
      case ObjectBytes.END -> throw invalid("it ends before its value");
      default -> throw new ObjectStoreException(NOT_ITERABLE);
    };
  }

  private static JsonNode property(ObjectBytes bytes) throws ObjectStoreException {
    var item = Json.nodes().objectNode();
    item.put("Key", key(bytes));
    item.set("Value", element(bytes));
    return item;
  }

  private static String key(ObjectBytes bytes) throws ObjectStoreException {
    bytes.skipSpace();
    if (bytes.peek() != '"') {
      throw invalid("expected the name of a property");
    }
    var key = parse(value(bytes)).asString("");
    bytes.skipSpace();
    expect(bytes.take(), ':');
    return key;
  }

  private static JsonNode element(ObjectBytes bytes) throws ObjectStoreException {
    return parse(value(bytes));
  }

  // ── The way to the items ───────────────────────────────────────────────────────────────────

  private void follow(ObjectBytes bytes) throws ObjectStoreException {
    if (pointer.isEmpty()) {
      return;
    }
    if (!pointer.startsWith("/")) {
      throw new ObjectStoreException(
          "ItemsPointer '" + pointer + "' is not a JSON Pointer: it must begin with '/'.");
    }
    for (var token : pointer.substring(1).split("/", -1)) {
      enter(bytes, token.replace("~1", "/").replace("~0", "~"));
    }
  }

  private void enter(ObjectBytes bytes, String token) throws ObjectStoreException {
    bytes.skipSpace();
    var isObject = bytes.peek() == '{';
    if (!isObject && bytes.peek() != '[') {
      throw leadsNowhere();
    }
    bytes.take();
    bytes.skipSpace();
    if (bytes.peek() == (isObject ? '}' : ']')) {
      throw leadsNowhere();
    }
    for (var index = 0L; ; index++) {
      var found = isObject ? key(bytes) : Long.toString(index);
      if (found.equals(token)) {
        return;
      }
      skip(bytes);
      bytes.skipSpace();
      var separator = bytes.take();
      if (separator == (isObject ? '}' : ']')) {
        throw leadsNowhere();
      }
      expect(separator, ',');
    }
  }

  private ObjectStoreException leadsNowhere() {
    return new ObjectStoreException("ItemsPointer '" + pointer + "' leads to nothing in the file.");
  }

  // ── Extents of values: what is inside is the parser's affair ───────────────────────────────

  private static byte[] value(ObjectBytes bytes) throws ObjectStoreException {
    var value = new ByteArrayOutputStream();
    bytes.skipSpace();
    scan(bytes, value);
    return value.toByteArray();
  }

  private static void skip(ObjectBytes bytes) throws ObjectStoreException {
    bytes.skipSpace();
    scan(bytes, null);
  }

  /** Takes one value; where {@code into} is null, it may be as long as the file. */
  private static void scan(ObjectBytes bytes, @Nullable ByteArrayOutputStream into)
      throws ObjectStoreException {
    var depth = 0;
    do {
      var found = bytes.peek();
      switch (found) {
        case ObjectBytes.END -> throw invalid("it ends within a value");
        case '"' -> text(bytes, into);
        case '{', '[' -> {
          depth++;
          take(bytes, into);
        }
        case '}', ']' -> {
          if (depth == 0) {
            throw invalid("expected a value");
          }
          depth--;
          take(bytes, into);
        }
        default -> {
          if (depth == 0) {
            bare(bytes, into);
          } else {
            take(bytes, into);
          }
        }
      }
    } while (depth > 0);
  }

  private static void text(ObjectBytes bytes, @Nullable ByteArrayOutputStream into)
      throws ObjectStoreException {
    take(bytes, into);
    while (true) {
      var found = take(bytes, into);
      if (found == '"') {
        return;
      }
      if (found == '\\') {
        found = take(bytes, into);
      }
      if (found == ObjectBytes.END) {
        throw invalid("it ends within a text");
      }
    }
  }

  /** A number, or one of the three words. */
  private static void bare(ObjectBytes bytes, @Nullable ByteArrayOutputStream into)
      throws ObjectStoreException {
    var found = bytes.peek();
    if (found == ',' || found == ':') {
      throw invalid("expected a value");
    }
    while (found != ObjectBytes.END
        && found != ','
        && found != ']'
        && found != '}'
        && !ObjectBytes.isSpace(found)) {
      take(bytes, into);
      found = bytes.peek();
    }
  }

  private static int take(ObjectBytes bytes, @Nullable ByteArrayOutputStream into)
      throws ObjectStoreException {
    return into == null ? bytes.take() : bytes.takeInto(into);
  }

  private static JsonNode parse(byte[] value) throws ObjectStoreException {
    try {
      return Json.parse(new String(value, StandardCharsets.UTF_8));
    } catch (InvalidJsonException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private static void expect(int found, char wanted) throws ObjectStoreException {
    if (found != wanted) {
      throw invalid(
          found == ObjectBytes.END
              ? "it ends where '" + wanted + "' should be"
              : "expected '" + wanted + "'");
    }
  }

  private static ObjectStoreException invalid(String why) {
    return new ObjectStoreException("The file is not valid JSON: " + why + ".");
  }
}
