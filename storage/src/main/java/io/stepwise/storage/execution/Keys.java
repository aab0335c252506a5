package io.stepwise.storage.execution;

import io.stepwise.aws.Arn;
import io.stepwise.aws.ExecutionArn;
import io.stepwise.aws.StateMachineArn;
import io.stepwise.engine.execution.Changes.Pending;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.engine.execution.Timer;
import java.nio.ByteBuffer;
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
 * i executionId8 scopeId4 index4     → inputs of children of a map run, from an index on
 * p executionId8 eventId8 n4         → a payload that is in no event
 * t dueMillis8 owner1 executionId8 scope4 stamp4 kind1 → a timer; owner: an execution, or others
 * o executionId8 scopeId4 stamp4 index4         → something under way outside
 * u executionId8 childHash16         → a child that is to be stopped
 * j executionId8 scopeId4 stamp4     → a job that is to be stopped
 * l machineId8 ~executionId8         → list of executions, newest first
 * s machineId8 status1 ~executionId8 → the same by status
 * m mapRunHash16                     → a map run
 * k mapRunHash16 ~executionId8       → children of a map run, newest first
 * q executionId8 startMillis8 hash16 → map runs of an execution
 * </pre>
 *
 * Which tables there are besides: {@link io.stepwise.storage.Tables}. Measurements:
 * docs/decisions/0003-storage-layout.md.
 */
final class Keys {
  /** Scope of a parent notice: there is no such scope. */
  private static final int PARENT = -1;

  /** Owner of timers: executions. Schedules and others get codes of their own. */
  private static final byte TIMER_OF_EXECUTION = 1;

  private Keys() {}

  /** What an ARN is kept under. */
  static byte[] hash(String arn) {
    return Arn.digest(arn);
  }

  /** Key of an execution by its ARN. */
  static byte[] arn(String arn) {
    return arn(hash(arn));
  }

  /** Key of an execution by its ARN. */
  static byte[] arn(ExecutionArn arn) {
    return arn(arn.digest());
  }

  private static byte[] arn(byte[] hash) {
    return ByteBuffer.allocate(17).put((byte) 'n').put(hash).array();
  }

  /** What lists of a state machine's executions are kept under: 64 bits of its ARN's hash. */
  static long machineId(StateMachineArn machine) {
    return ByteBuffer.wrap(machine.digest()).getLong();
  }

  /** A number as a value. */
  static byte[] bytes(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  /** The start of all keys of a table. */
  static byte[] table(char table) {
    return new byte[] {(byte) table};
  }

  /** Key of an execution. */
  static byte[] execution(long id) {
    return key('x', id);
  }

  /** Key of the events of one decision. */
  static byte[] history(long id, long firstEventId) {
    return ByteBuffer.allocate(17).put((byte) 'h').putLong(id).putLong(firstEventId).array();
  }

  /** Key of a scope. */
  static byte[] scope(long id, int scopeId) {
    return ByteBuffer.allocate(13).put((byte) 'c').putLong(id).putInt(scopeId).array();
  }

  /** The start of the keys of all results of a scope. */
  static byte[] results(long id, int scopeId) {
    return ByteBuffer.allocate(13).put((byte) 'r').putLong(id).putInt(scopeId).array();
  }

  /** The start of the keys of all pages of a scope. */
  static byte[] pages(long id, int scopeId) {
    return ByteBuffer.allocate(13).put((byte) 'i').putLong(id).putInt(scopeId).array();
  }

  /** Key of a collected result. */
  static byte[] result(long id, int scopeId, int index) {
    return ByteBuffer.allocate(17)
        .put((byte) 'r')
        .putLong(id)
        .putInt(scopeId)
        .putInt(index)
        .array();
  }

  /** Key of a page of inputs of a map run's children. */
  static byte[] page(long id, int scopeId, int first) {
    return ByteBuffer.allocate(17)
        .put((byte) 'i')
        .putLong(id)
        .putInt(scopeId)
        .putInt(first)
        .array();
  }

  /** Key of a payload that is in no event. */
  static byte[] payload(long id, long eventId, int number) {
    return ByteBuffer.allocate(21)
        .put((byte) 'p')
        .putLong(id)
        .putLong(eventId)
        .putInt(number)
        .array();
  }

  /** Key of a timer of an execution. */
  static byte[] timer(long id, Timer timer) {
    return ByteBuffer.allocate(27)
        .put((byte) 't')
        .putLong(timer.dueMillis())
        .put(TIMER_OF_EXECUTION)
        .putLong(id)
        .putInt(timer.scopeId())
        .putInt(timer.stamp())
        .put((byte) Codes.TIMER_KINDS.of(timer.kind()))
        .array();
  }

  /** Start of the timers due at a time or later. */
  static byte[] timersFrom(long dueMillis) {
    return key('t', dueMillis);
  }

  /** When a timer is due, whosesoever it is. Units: milliseconds since 1970. */
  static long dueMillis(byte[] key) {
    return ByteBuffer.wrap(key).getLong(1);
  }

  /** Whether a timer is an execution's. */
  static boolean isOfExecution(byte[] key) {
    return key[9] == TIMER_OF_EXECUTION;
  }

  /** The execution of a timer's key. */
  static long timerExecution(byte[] key) {
    return ByteBuffer.wrap(key).getLong(10);
  }

  /** The timer of a timer's key. */
  static Timer timer(byte[] key) {
    var buffer = ByteBuffer.wrap(key);
    return new Timer(
        buffer.getLong(1), buffer.getInt(18), buffer.getInt(22), Codes.TIMER_KINDS.value(key[26]));
  }

  /** Key of what marks that an ended child has yet to tell its parent, in a round of the parent. */
  static byte[] parentNotice(long id, int round) {
    return pending(id, new Pending(PARENT, round, -1));
  }

  /** Whether something under way is such a mark. */
  static boolean isParentNotice(Pending pending) {
    return pending.scopeId() == PARENT;
  }

  /** Key of what remembers that a child is to be stopped: below the parent, by the child. */
  static byte[] stop(UnderWay.Item.Stop stop) {
    // In a later round of the parent by that as well.
    var later = stop.round() > 0;
    var key =
        ByteBuffer.allocate(later ? 29 : 25)
            .put((byte) 'u')
            .putLong(stop.executionId())
            .put(hash(stop.childArn()));
    return (later ? key.putInt(stop.round()) : key).array();
  }

  /** Key of what remembers that a job is to be stopped: by the attempt that it was begun for. */
  static byte[] stopOfJob(TaskRef task) {
    return ByteBuffer.allocate(17)
        .put((byte) 'j')
        .putLong(task.executionId())
        .putInt(task.scopeId())
        .putInt(task.stamp())
        .array();
  }

  /** Key of something under way. */
  static byte[] pending(long id, Pending pending) {
    return ByteBuffer.allocate(21)
        .put((byte) 'o')
        .putLong(id)
        .putInt(pending.scopeId())
        .putInt(pending.stamp())
        .putInt(pending.index())
        .array();
  }

  /** The execution of the key of something under way, and of other keys that begin so. */
  static long executionOf(byte[] key) {
    return ByteBuffer.wrap(key).getLong(1);
  }

  /** What is under way by its key. */
  static Pending pending(byte[] key) {
    var buffer = ByteBuffer.wrap(key);
    return new Pending(buffer.getInt(9), buffer.getInt(13), buffer.getInt(17));
  }

  /** Key of a list entry. */
  static byte[] byMachine(long machineId, long executionId) {
    return ByteBuffer.allocate(17).put((byte) 'l').putLong(machineId).putLong(~executionId).array();
  }

  /** Key of a list entry by status. */
  static byte[] byStatus(long machineId, ExecutionStatus status, long executionId) {
    return ByteBuffer.allocate(18)
        .put((byte) 's')
        .putLong(machineId)
        .put((byte) Codes.STATUSES.of(status))
        .putLong(~executionId)
        .array();
  }

  /** Start of the list entries of one status. */
  static byte[] byStatus(long machineId, ExecutionStatus status) {
    return ByteBuffer.allocate(10)
        .put((byte) 's')
        .putLong(machineId)
        .put((byte) Codes.STATUSES.of(status))
        .array();
  }

  /** Key of a map run. */
  static byte[] mapRun(byte[] mapRunHash) {
    return ByteBuffer.allocate(17).put((byte) 'm').put(mapRunHash).array();
  }

  /** Key of a list entry of a map run's children. */
  static byte[] byMapRun(byte[] mapRunHash, long executionId) {
    return ByteBuffer.allocate(25).put((byte) 'k').put(mapRunHash).putLong(~executionId).array();
  }

  /** Key of a list entry of an execution's map runs. */
  static byte[] mapRunOf(long executionId, long startMillis, byte[] mapRunHash) {
    return ByteBuffer.allocate(33)
        .put((byte) 'q')
        .putLong(executionId)
        .putLong(startMillis)
        .put(mapRunHash)
        .array();
  }

  /** The execution of a list entry's key, whatever list. */
  static long listedExecution(byte[] key) {
    return ~ByteBuffer.wrap(key).getLong(key.length - 8);
  }

  /** A table and an id: the start of all keys below them. */
  static byte[] key(char table, long id) {
    return ByteBuffer.allocate(9).put((byte) table).putLong(id).array();
  }

  /** The first key after all keys that begin with {@code prefix}. */
  static byte[] after(byte[] prefix) {
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
