package io.stepwise.logs;

import io.stepwise.logs.LogEvent.Place;
import io.stepwise.storage.RowReader;
import io.stepwise.storage.RowWriter;
import io.stepwise.storage.StorageFault;
import io.stepwise.storage.Tables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of the log store. The first byte is the table; numbers are big-endian, so keys sort by
 * them.
 *
 * <pre>
 * n                                → numbers that are taken: of groups, streams and events
 * g arn                            → a group
 * s streamId8                      → a stream
 * e groupId8 millis8 sequence8     → an event
 * i streamId8 millis8 sequence8    → nothing: an event of the stream
 * d groupId8 streamId8             → events that are yet to be deleted; stream 0: of the whole group
 * </pre>
 */
final class LogRows {
  /** Its tables, in a store of their own. */
  static final List<Tables.Table> TABLES =
      List.of(
          new Tables.Table('n', "numbers that are taken", "logs", 1),
          new Tables.Table('g', "log groups by ARN", "logs", 1),
          new Tables.Table('s', "log streams", "logs", 1),
          new Tables.Table('e', "log events by group and time", "logs", 1),
          new Tables.Table('i', "log events by stream and time", "logs", 1),
          new Tables.Table('d', "log events that are to be deleted", "logs", 1));

  private static final int FORMAT = 1;
  private static final int PLACE_BYTES = 16;

  private LogRows() {}

  static byte[] numbers() {
    return new byte[] {'n'};
  }

  static byte[] group(String arn) {
    var utf8 = arn.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + utf8.length).put((byte) 'g').put(utf8).array();
  }

  static byte[] stream(long id) {
    return key('s', id);
  }

  static byte[] event(long groupId, Place place) {
    return key('e', groupId, place.millis(), place.sequence());
  }

  static byte[] ofStream(long streamId, Place place) {
    return key('i', streamId, place.millis(), place.sequence());
  }

  static byte[] deletion(long groupId, long streamId) {
    return key('d', groupId, streamId);
  }

  static byte[] first(char table) {
    return new byte[] {(byte) table};
  }

  static byte[] key(char table, long... parts) {
    var key = ByteBuffer.allocate(1 + 8 * parts.length).put((byte) table);
    for (var part : parts) {
      key.putLong(part);
    }
    return key.array();
  }

  /** The number at a position of a key, counted in numbers. */
  static long number(byte[] key, int index) {
    return ByteBuffer.wrap(key).getLong(1 + 8 * index);
  }

  /** The place that a key of an event ends with. */
  static Place place(byte[] key) {
    var end = ByteBuffer.wrap(key, key.length - PLACE_BYTES, PLACE_BYTES);
    return new Place(end.getLong(), end.getLong());
  }

  static byte[] row(LogGroup group) {
    var row = new RowWriter(256);
    row.writeByte(FORMAT);
    row.writeUnsigned(group.id());
    row.writeText(group.arn());
    row.writeUnsigned(group.createdMillis());
    row.writeUnsigned(group.retentionDays() == null ? 0 : group.retentionDays());
    row.writeText(group.kind());
    row.writeOptionalText(group.kmsKeyId());
    row.writeUnsigned(group.tags().size());
    group
        .tags()
        .forEach(
            (key, value) -> {
              row.writeText(key);
              row.writeText(value);
            });
    row.writeUnsigned(group.bytes());
    return row.toBytes();
  }

  static LogGroup readGroup(byte[] bytes) {
    var row = reader(bytes);
    var id = row.readUnsigned();
    var arn = row.readText();
    var created = row.readUnsigned();
    var retention = row.readInt();
    var kind = row.readText();
    var key = row.readOptionalText();
    Map<String, String> tags = new LinkedHashMap<>();
    for (var left = row.readInt(); left > 0; left--) {
      var name = row.readText();
      tags.put(name, row.readText());
    }
    return new LogGroup(
        id, arn, created, retention == 0 ? null : retention, kind, key, tags, row.readUnsigned());
  }

  static byte[] row(LogStream stream) {
    var row = new RowWriter(128);
    row.writeByte(FORMAT);
    row.writeUnsigned(stream.id());
    row.writeUnsigned(stream.groupId());
    row.writeText(stream.name());
    row.writeUnsigned(stream.createdMillis());
    row.writeUnsigned(stream.lastMillis());
    row.writeUnsigned(stream.lastIngestionMillis());
    row.writeByte(stream.stays() ? 1 : 0);
    return row.toBytes();
  }

  static LogStream readStream(byte[] bytes) {
    var row = reader(bytes);
    return new LogStream(
        row.readUnsigned(),
        row.readUnsigned(),
        row.readText(),
        row.readUnsigned(),
        row.readUnsigned(),
        row.readUnsigned(),
        row.readByte() == 1);
  }

  /** An event as it stands in a row. */
  record Stored(long streamId, long ingestionMillis, String message) {}

  static byte[] row(Stored event) {
    var row = new RowWriter(32 + event.message().length());
    row.writeByte(FORMAT);
    row.writeUnsigned(event.streamId());
    row.writeUnsigned(event.ingestionMillis());
    row.writeText(event.message());
    return row.toBytes();
  }

  static Stored readEvent(byte[] bytes) {
    var row = reader(bytes);
    return new Stored(row.readUnsigned(), row.readUnsigned(), row.readText());
  }

  private static RowReader reader(byte[] bytes) {
    var row = new RowReader(bytes);
    var format = row.readByte();
    if (format != FORMAT) {
      throw new StorageFault(
          "SW-STORAGE-FORMAT",
          "Expected a row of format " + FORMAT + " in the log store, found " + format);
    }
    return row;
  }
}
