package io.stepwise.catalog;

import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.storage.Storage;
import io.stepwise.storage.StorageFault;
import io.stepwise.storage.Tables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The resources of one kind: a row of JSON each, {@code {"format": 1, "value": {…}}}, all of them
 * in memory for reading. Reads take no lock; changes pass the {@link CatalogWriter}.
 *
 * @param <T> a resource; immutable
 */
public final class CatalogTable<T> {
  private final Tables.Table table;
  private final Form<T> form;
  private final NavigableMap<String, T> values = new ConcurrentSkipListMap<>();

  /** A table as it stands in a store. */
  public CatalogTable(Storage storage, Tables.Table table, Form<T> form) {
    this.table = table;
    this.form = form;
    storage.scan(
        new byte[] {(byte) table.prefix()},
        new byte[] {(byte) (table.prefix() + 1)},
        (key, row) -> {
          var value = form.read(value(row, table));
          values.put(form.key(value), value);
          return true;
        });
  }

  /** The value in a row. */
  static JsonNode value(byte[] row, Tables.Table table) {
    try {
      var json = Json.parse(new String(row, StandardCharsets.UTF_8));
      var format = json.path("format").asInt(0);
      if (format != table.format()) {
        throw new StorageFault(
            "SW-STORAGE-FORMAT",
            "Expected a row of format "
                + table.format()
                + " among the "
                + table.holds()
                + ", found "
                + format);
      }
      return json.path("value");
    } catch (InvalidJsonException e) {
      throw new StorageFault(
          "SW-STORAGE-CORRUPT", "Expected JSON in a row among the " + table.holds(), e);
    }
  }

  /** A row with a value. */
  static byte[] row(JsonNode value, Tables.Table table) {
    var row = Json.nodes().objectNode();
    row.put("format", table.format());
    row.set("value", value);
    return Json.printUtf8(row);
  }

  /** The resource of that key, or null. */
  public @Nullable T get(String key) {
    return values.get(key);
  }

  /** How many there are. */
  public int size() {
    return values.size();
  }

  /** Resources by key, those with {@code prefix} and after {@code afterKey}; not copied. */
  public Iterable<T> range(String prefix, String afterKey) {
    var end = prefix + Character.MAX_VALUE;
    return (afterKey.compareTo(prefix) < 0
            ? values.subMap(prefix, true, end, false)
            : values.subMap(afterKey, false, end, false))
        .values();
  }

  String key(T value) {
    return form.key(value);
  }

  void put(Storage.Batch batch, T value) {
    batch.put(rowKey(form.key(value)), row(form.write(value), table));
  }

  void delete(Storage.Batch batch, T value) {
    batch.delete(rowKey(form.key(value)));
  }

  /** What was committed is visible from now on. */
  void show(String key, @Nullable T value) {
    if (value == null) {
      values.remove(key);
    } else {
      values.put(key, value);
    }
  }

  private byte[] rowKey(String key) {
    var utf8 = key.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + utf8.length).put((byte) table.prefix()).put(utf8).array();
  }
}
