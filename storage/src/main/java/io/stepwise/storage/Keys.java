package io.stepwise.storage;

import io.stepwise.engine.execution.Changes.Pending;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Timer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The key layout. The first byte is the table; numbers are big-endian, so keys sort by them.
 *
 * <pre>
 * n arnHash16                        → executionId            an execution by its ARN
 * x executionId8                     → the execution itself
 * h executionId8 firstEventId8       → events of one decision
 * c executionId8 scopeId4            → an open scope
 * r executionId8 scopeId4 index4     → a result collected by a Parallel or Map state
 * p executionId8 eventId8 n4         → a payload that is in no event
 * t dueMillis8 executionId8 scope4 stamp4 kind1 → a timer
 * o executionId8 scopeId4 stamp4 index4         → something under way outside
 * u executionId8 childHash16         → a child that is to be stopped
 * l machineId8 ~executionId8         → list of executions, newest first
 * s machineId8 status1 ~executionId8 → the same by status
 * m mapRunHash16                     → a map run
 * k mapRunHash16 ~executionId8       → children of a map run, newest first
 * q executionId8 startMillis8 hash16 → map runs of an execution
 * </pre>
 *
 * Tables below 'a' belong to the catalog. Measurements: docs/decisions/0003-storage-layout.md.
 */
public final class Keys {
  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
              throw new IllegalStateException(e);
            }
          });

  private Keys() {}

  /** 128 bits that name an ARN; not a secret, just short. */
  public static byte[] hash(String arn) {
    return DIGEST.get().digest(arn.getBytes(StandardCharsets.UTF_8));
  }

  /** The shard of an ARN: the same on one node and on many. */
  public static int shardOf(byte[] arnHash, int shards) {
    return Byte.toUnsignedInt(arnHash[0]) % shards;
  }

  /** Key of an execution by its ARN. */
  public static byte[] arn(byte[] arnHash) {
    return ByteBuffer.allocate(17).put((byte) 'n').put(arnHash).array();
  }

  /** Key of an execution. */
  public static byte[] execution(long id) {
    return key('x', id);
  }

  /** Key of the events of one decision. */
  public static byte[] history(long id, long firstEventId) {
    return ByteBuffer.allocate(17).put((byte) 'h').putLong(id).putLong(firstEventId).array();
  }

  /** Key of a scope. */
  public static byte[] scope(long id, int scopeId) {
    return ByteBuffer.allocate(13).put((byte) 'c').putLong(id).putInt(scopeId).array();
  }

  /** Key of a collected result. */
  public static byte[] result(long id, int scopeId, int index) {
    return ByteBuffer.allocate(17)
        .put((byte) 'r')
        .putLong(id)
        .putInt(scopeId)
        .putInt(index)
        .array();
  }

  /** Key of a payload that is in no event. */
  public static byte[] payload(long id, long eventId, int number) {
    return ByteBuffer.allocate(21)
        .put((byte) 'p')
        .putLong(id)
        .putLong(eventId)
        .putInt(number)
        .array();
  }

  /** Key of a timer. */
  public static byte[] timer(long id, Timer timer) {
    return ByteBuffer.allocate(26)
        .put((byte) 't')
        .putLong(timer.dueMillis())
        .putLong(id)
        .putInt(timer.scopeId())
        .putInt(timer.stamp())
        .put((byte) timer.kind().ordinal())
        .array();
  }

  /** Start of the timers due at a time or later. */
  public static byte[] timersFrom(long dueMillis) {
    return key('t', dueMillis);
  }

  /** The execution of a timer's key. */
  public static long timerExecution(byte[] key) {
    return ByteBuffer.wrap(key).getLong(9);
  }

  /** The timer of a timer's key. */
  public static Timer timer(byte[] key) {
    var buffer = ByteBuffer.wrap(key);
    return new Timer(
        buffer.getLong(1), buffer.getInt(17), buffer.getInt(21), Timer.Kind.values()[key[25]]);
  }

  /** Key of something under way. */
  public static byte[] pending(long id, Pending pending) {
    return ByteBuffer.allocate(21)
        .put((byte) 'o')
        .putLong(id)
        .putInt(pending.scopeId())
        .putInt(pending.stamp())
        .putInt(pending.index())
        .array();
  }

  /** The execution of the key of something under way, and of other keys that begin so. */
  public static long executionOf(byte[] key) {
    return ByteBuffer.wrap(key).getLong(1);
  }

  /** What is under way by its key. */
  public static Pending pending(byte[] key) {
    var buffer = ByteBuffer.wrap(key);
    return new Pending(buffer.getInt(9), buffer.getInt(13), buffer.getInt(17));
  }

  /** Key of a list entry. */
  public static byte[] byMachine(long machineId, long executionId) {
    return ByteBuffer.allocate(17).put((byte) 'l').putLong(machineId).putLong(~executionId).array();
  }

  /** Key of a list entry by status. */
  public static byte[] byStatus(long machineId, ExecutionStatus status, long executionId) {
    return ByteBuffer.allocate(18)
        .put((byte) 's')
        .putLong(machineId)
        .put((byte) status.ordinal())
        .putLong(~executionId)
        .array();
  }

  /** Start of the list entries of one status. */
  public static byte[] byStatus(long machineId, ExecutionStatus status) {
    return ByteBuffer.allocate(10)
        .put((byte) 's')
        .putLong(machineId)
        .put((byte) status.ordinal())
        .array();
  }

  /** Key of a map run. */
  public static byte[] mapRun(byte[] mapRunHash) {
    return ByteBuffer.allocate(17).put((byte) 'm').put(mapRunHash).array();
  }

  /** Key of a list entry of a map run's children. */
  public static byte[] byMapRun(byte[] mapRunHash, long executionId) {
    return ByteBuffer.allocate(25).put((byte) 'k').put(mapRunHash).putLong(~executionId).array();
  }

  /** Key of a list entry of an execution's map runs. */
  public static byte[] mapRunOf(long executionId, long startMillis, byte[] mapRunHash) {
    return ByteBuffer.allocate(33)
        .put((byte) 'q')
        .putLong(executionId)
        .putLong(startMillis)
        .put(mapRunHash)
        .array();
  }

  /** The execution of a list entry's key, whatever list. */
  public static long listedExecution(byte[] key) {
    return ~ByteBuffer.wrap(key).getLong(key.length - 8);
  }

  /** A table and an id: the start of all keys below them. */
  public static byte[] key(char table, long id) {
    return ByteBuffer.allocate(9).put((byte) table).putLong(id).array();
  }

  /** The first key after all keys that begin with {@code prefix}. */
  public static byte[] after(byte[] prefix) {
    var end = prefix.clone();
    for (var i = end.length - 1; i >= 0; i--) {
      if (end[i] != (byte) 0xff) {
        end[i]++;
        return Arrays.copyOf(end, i + 1);
      }
    }
    throw new IllegalArgumentException("Expected a prefix that has a successor");
  }
}
