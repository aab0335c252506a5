package io.stepwise.connectors.s3;

import io.stepwise.expression.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows of delimited text, each as an object of its fields by header, all texts. Fields that are
 * missing are empty, those without a header are left out. Quotes enclose delimiters and line ends,
 * two of them within quotes are one, and a backslash takes what follows as it is, where that could
 * mean something else; otherwise it is dropped. Source: AWS, "Using ItemReader", CSV.
 */
final class DelimitedText implements ItemFormat {
  private static final String HEADERS = "headers";

  /** Headers together. Source: AWS, "Using ItemReader": 10 KiB. */
  private static final int HEADER_BYTES_MAX = 10 << 10;

  private final char delimiter;
  private final Optional<List<String>> given;

  /**
   * Text with a delimiter.
   *
   * @param given the headers; empty: they are the first row
   */
  DelimitedText(char delimiter, Optional<List<String>> given) {
    this.delimiter = delimiter;
    this.given = given;
  }

  @Override
  public boolean read(ObjectBytes bytes, ObjectNode place, Page page) throws ObjectStoreException {
    if (!place.has(HEADERS)) {
      bytes.skipByteOrderMark();
      putHeaders(given.isPresent() ? given.get() : firstRow(bytes), place);
    }
    var headers = new ArrayList<String>();
    for (var header : place.path(HEADERS)) {
      headers.add(header.asString(""));
    }
    while (bytes.peek() != ObjectBytes.END) {
      if (page.isFull(bytes)) {
        return true;
      }
      page.items().add(item(headers, row(bytes)));
    }
    return false;
  }

  private List<String> firstRow(ObjectBytes bytes) throws ObjectStoreException {
    return bytes.peek() == ObjectBytes.END ? List.of() : row(bytes);
  }

  private static void putHeaders(List<String> headers, ObjectNode place)
      throws ObjectStoreException {
    if (new HashSet<>(headers).size() < headers.size()) {
      throw new ObjectStoreException("CSV headers cannot contain duplicates.");
    }
    var length = headers.stream().mapToInt(String::length).sum();
    if (length > HEADER_BYTES_MAX) {
      throw new ObjectStoreException("CSV headers are larger than 10 KiB.");
    }
    headers.forEach(place.putArray(HEADERS)::add);
  }

  private static JsonNode item(List<String> headers, List<String> fields) {
    var item = Json.nodes().objectNode();
    for (var i = 0; i < headers.size(); i++) {
      item.put(headers.get(i), i < fields.size() ? fields.get(i) : "");
    }
    return item;
  }

  private List<String> row(ObjectBytes bytes) throws ObjectStoreException {
    var fields = new ArrayList<String>();
    var from = bytes.position();
    while (true) {
      fields.add(bytes.peek() == '"' ? quoted(bytes) : plain(bytes, new ByteArrayOutputStream()));
      if (bytes.position() - from > ObjectBytes.ITEM_MAX) {
        throw new ObjectStoreException("An item is larger than 8 MB.");
      }
      var end = bytes.take();
      if (end != delimiter) {
        return fields; // a line end, or the end of all
      }
    }
  }

  /** Up to the delimiter, or the end of the line. */
  private String plain(ObjectBytes bytes, ByteArrayOutputStream field) throws ObjectStoreException {
    while (true) {
      var found = bytes.peek();
      if (found == ObjectBytes.END || found == '\n' || found == delimiter) {
        return text(field, found == '\n');
      }
      takeOne(bytes, field);
    }
  }

  private String quoted(ObjectBytes bytes) throws ObjectStoreException {
    var field = new ByteArrayOutputStream();
    bytes.take();
    while (bytes.peek() != ObjectBytes.END) {
      if (bytes.peek() != '"') {
        takeOne(bytes, field);
        continue;
      }
      bytes.take();
      if (bytes.peek() != '"') {
        break; // it was the last one
      }
      bytes.takeInto(field);
    }
    return plain(bytes, field);
  }

  private void takeOne(ObjectBytes bytes, ByteArrayOutputStream field) throws ObjectStoreException {
    if (bytes.peek() != '\\') {
      bytes.takeInto(field);
      return;
    }
    bytes.take();
    var next = bytes.peek();
    if (next == '\\' || next == '"' || next == delimiter) {
      bytes.takeInto(field);
    }
  }

  private static String text(ByteArrayOutputStream field, boolean atLineEnd) {
    var text = field.toString(StandardCharsets.UTF_8);
    return atLineEnd && text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
