package io.stepwise.runtime.catalog;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.runtime.catalog.Settings.Encryption;
import io.stepwise.runtime.catalog.Settings.Logging;
import io.stepwise.storage.RowReader;
import io.stepwise.storage.RowWriter;
import io.stepwise.storage.StorageFault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The catalog's rows: tables below 'a', each value with its format's version in the first byte.
 *
 * <pre>
 * M arn          → state machine with versions and aliases
 * R revisionId8  → revision
 * Y arn          → activity
 * </pre>
 *
 * Revisions outlive their state machine: executions are pinned to them.
 */
final class Rows {
  static final byte MACHINES = 'M';
  static final byte REVISIONS = 'R';
  static final byte ACTIVITIES = 'Y';
  private static final int FORMAT = 1;

  /** Stands for the size of a list of log groups that was given and is empty. */
  private static final int EMPTY_LIST = 255;

  private Rows() {}

  /** The first key after a table. */
  static byte[] after(byte table) {
    return new byte[] {(byte) (table + 1)};
  }

  static byte[] table(byte table) {
    return new byte[] {table};
  }

  static byte[] key(byte table, String arn) {
    var utf8 = arn.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + utf8.length).put(table).put(utf8).array();
  }

  static byte[] revisionKey(long id) {
    return ByteBuffer.allocate(9).put(REVISIONS).putLong(id).array();
  }

  static long revisionOf(byte[] key) {
    return ByteBuffer.wrap(key).getLong(1);
  }

  static byte[] encode(StateMachine machine) {
    var out = begin();
    out.writeText(machine.arn());
    out.writeText(machine.name());
    out.writeByte(code(machine.type()));
    out.writeUnsigned(machine.createdMillis());
    out.writeUnsigned(machine.revision());
    out.writeByte(machine.deleting() ? 1 : 0);
    out.writeByte(machine.publishedAtCreation() ? 1 : 0);
    out.writeText(machine.creationDescription());
    out.writeUnsigned(machine.versionLast());
    out.writeUnsigned(machine.versions().size());
    for (var version : machine.versions().values()) {
      out.writeUnsigned(version.number());
      out.writeUnsigned(version.revision());
      out.writeText(version.description());
      out.writeUnsigned(version.createdMillis());
    }
    out.writeUnsigned(machine.aliases().size());
    for (var alias : machine.aliases().values()) {
      write(out, alias);
    }
    writeTags(out, machine.tags());
    return out.toBytes();
  }

  private static void write(RowWriter out, Alias alias) {
    out.writeText(alias.name());
    out.writeOptionalText(alias.description());
    out.writeUnsigned(alias.routes().size());
    for (var route : alias.routes()) {
      out.writeUnsigned(route.version());
      out.writeUnsigned(route.weight());
    }
    out.writeUnsigned(alias.createdMillis());
    out.writeUnsigned(alias.updatedMillis());
  }

  static StateMachine decodeMachine(byte[] row) {
    var in = open(row);
    var arn = in.readText();
    var name = in.readText();
    var type = type(in.readByte());
    var created = in.readUnsigned();
    var revision = in.readUnsigned();
    var deleting = in.readByte() == 1;
    var published = in.readByte() == 1;
    var description = in.readText();
    var versionLast = in.readInt();
    var versions = new TreeMap<Integer, Version>();
    for (var left = in.readInt(); left > 0; left--) {
      var number = in.readInt();
      versions.put(
          number, new Version(number, in.readUnsigned(), in.readText(), in.readUnsigned()));
    }
    var aliases = new LinkedHashMap<String, Alias>();
    for (var left = in.readInt(); left > 0; left--) {
      var alias = readAlias(in);
      aliases.put(alias.name(), alias);
    }
    return new StateMachine(
        arn,
        name,
        type,
        created,
        revision,
        deleting,
        published,
        description,
        versionLast,
        versions,
        aliases,
        readTags(in));
  }

  private static Alias readAlias(RowReader in) {
    var name = in.readText();
    var description = in.readOptionalText();
    var routes = new ArrayList<Alias.Route>();
    for (var left = in.readInt(); left > 0; left--) {
      routes.add(new Alias.Route(in.readInt(), in.readInt()));
    }
    return new Alias(name, description, routes, in.readUnsigned(), in.readUnsigned());
  }

  static byte[] encode(Revision revision) {
    var out = begin();
    out.writeText(revision.machineArn());
    out.writeText(revision.name());
    out.writeByte(code(revision.type()));
    out.writeText(revision.roleArn());
    out.writeText(revision.revisionId());
    out.writeText(revision.definition());
    var logging = revision.settings().logging();
    out.writeText(logging.level());
    out.writeByte(logging.includeExecutionData() ? 1 : 0);
    writeLogGroups(out, logging.logGroupArns());
    out.writeByte(revision.settings().tracing() ? 1 : 0);
    write(out, revision.settings().encryption());
    out.writeUnsigned(revision.createdMillis());
    return out.toBytes();
  }

  /** How many there are; no list at all is 0, an empty one {@link #EMPTY_LIST}. */
  private static void writeLogGroups(RowWriter out, @Nullable List<String> arns) {
    if (arns == null) {
      out.writeUnsigned(0);
    } else if (arns.isEmpty()) {
      out.writeUnsigned(EMPTY_LIST);
    } else {
      out.writeUnsigned(arns.size());
      arns.forEach(out::writeText);
    }
  }

  private static @Nullable List<String> readLogGroups(RowReader in) {
    var size = in.readInt();
    if (size == 0) {
      return null;
    }
    var arns = new ArrayList<String>();
    for (var left = size == EMPTY_LIST ? 0 : size; left > 0; left--) {
      arns.add(in.readText());
    }
    return arns;
  }

  static Revision decodeRevision(long id, byte[] row) {
    var in = open(row);
    var arn = in.readText();
    var name = in.readText();
    var type = type(in.readByte());
    var role = in.readText();
    var revisionId = in.readText();
    var definition = in.readText();
    var level = in.readText();
    var includeData = in.readByte() == 1;
    var groups = readLogGroups(in);
    var tracing = in.readByte() == 1;
    var settings =
        new Settings(new Logging(level, includeData, groups), tracing, readEncryption(in));
    return new Revision(
        id, arn, name, type, role, revisionId, definition, settings, in.readUnsigned());
  }

  static byte[] encode(Activity activity) {
    var out = begin();
    out.writeText(activity.arn());
    out.writeText(activity.name());
    out.writeUnsigned(activity.createdMillis());
    write(out, activity.encryption());
    writeTags(out, activity.tags());
    return out.toBytes();
  }

  static Activity decodeActivity(byte[] row) {
    var in = open(row);
    return new Activity(
        in.readText(), in.readText(), in.readUnsigned(), readEncryption(in), readTags(in));
  }

  private static void write(RowWriter out, @Nullable Encryption encryption) {
    out.writeOptionalText(encryption == null ? null : encryption.type());
    if (encryption != null) {
      var period = encryption.kmsDataKeyReusePeriodSeconds();
      out.writeOptionalText(encryption.kmsKeyId());
      out.writeOptionalUnsigned(period == null ? null : period.longValue());
    }
  }

  private static @Nullable Encryption readEncryption(RowReader in) {
    var type = in.readOptionalText();
    if (type == null) {
      return null;
    }
    var key = in.readOptionalText();
    var period = in.readOptionalUnsigned();
    return new Encryption(type, key, period == null ? null : Math.toIntExact(period));
  }

  private static void writeTags(RowWriter out, Map<String, String> tags) {
    out.writeUnsigned(tags.size());
    tags.forEach(
        (key, value) -> {
          out.writeText(key);
          out.writeText(value);
        });
  }

  private static Map<String, String> readTags(RowReader in) {
    var tags = new LinkedHashMap<String, String>();
    for (var left = in.readInt(); left > 0; left--) {
      tags.put(in.readText(), in.readText());
    }
    return tags;
  }

  private static int code(StateMachineType type) {
    return switch (type) {
      case STANDARD -> 0;
      case EXPRESS -> 1;
    };
  }

  private static StateMachineType type(int code) {
    return code == 0 ? StateMachineType.STANDARD : StateMachineType.EXPRESS;
  }

  private static RowWriter begin() {
    var out = new RowWriter();
    out.writeByte(FORMAT);
    return out;
  }

  private static RowReader open(byte[] row) {
    var in = new RowReader(row);
    var format = in.readByte();
    if (format != FORMAT) {
      throw new StorageFault(
          "SW-STORAGE-FORMAT", "Expected a catalog row of format " + FORMAT + ", found " + format);
    }
    return in;
  }
}
