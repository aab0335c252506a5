package io.stepwise.host.embedded;

import io.stepwise.storage.Storage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Changes in the form in which RocksDB keeps a batch and writes it to its log. Collected here they
 * cross into native code once a commit; with a call for each change, mark and measure there are
 * some tenth fewer starts a second.
 *
 * <pre>
 * sequence8, set by RocksDB | count4, little-endian | record …
 * record:  1 key value      a value is set
 *          0 key            a value is removed
 *          15 key key       all values from the first key up to the second are removed
 * key, value:  length as a varint, bytes
 * </pre>
 *
 * Source: RocksDB, {@code db/write_batch.cc}: the representation of a WriteBatch, the same since
 * the first version, because logs are read by later ones.
 */
final class RocksDbBatch implements Storage.Batch {
  private static final int COUNT_AT = 8;
  private static final int HEADER = 12;
  private static final byte DELETION = 0;
  private static final byte VALUE = 1;
  private static final byte RANGE_DELETION = 15;

  /** Of a length that is an int. */
  private static final int VARINT_BYTES_MAX = 5;

  private static final int ROOM = 64 << 10;

  /** What a batch of the usual size may keep; one that was larger starts small again. */
  private static final int ROOM_KEPT = 4 << 20;

  private static final VarHandle INT_LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[ROOM];
  private int end = HEADER;
  private int count;
  private int markedEnd = -1;
  private int markedCount;

  @Override
  public void put(byte[] key, byte[] value) {
    require(1L + 2 * VARINT_BYTES_MAX + key.length + value.length);
    bytes[end++] = VALUE;
    write(key);
    write(value);
    count++;
  }

  @Override
  public void delete(byte[] key) {
    require(1L + VARINT_BYTES_MAX + key.length);
    bytes[end++] = DELETION;
    write(key);
    count++;
  }

  @Override
  public void deleteRange(byte[] from, byte[] to) {
    require(1L + 2 * VARINT_BYTES_MAX + from.length + to.length);
    bytes[end++] = RANGE_DELETION;
    write(from);
    write(to);
    count++;
  }

  private void write(byte[] slice) {
    var length = slice.length;
    while (length > 0x7f) {
      bytes[end++] = (byte) (length | 0x80);
      length >>>= 7;
    }
    bytes[end++] = (byte) length;
    System.arraycopy(slice, 0, bytes, end, slice.length);
    end += slice.length;
  }

  private void require(long more) {
    if (more > bytes.length - end) {
      // Twice as much, as long as there is such an array: then the exact size, or an error of it.
      var room = Math.max(end + more, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8));
      bytes = Arrays.copyOf(bytes, Math.toIntExact(room));
    }
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public long bytes() {
    return end;
  }

  @Override
  public void mark() {
    markedEnd = end;
    markedCount = count;
  }

  @Override
  public void rollBack() {
    if (markedEnd < 0) {
      throw new IllegalStateException("Expected a mark before");
    }
    end = markedEnd;
    count = markedCount;
  }

  @Override
  public void clear() {
    if (bytes.length > ROOM_KEPT) {
      bytes = new byte[ROOM];
    }
    end = HEADER;
    count = 0;
    markedEnd = -1;
  }

  /** All of it, as RocksDB takes it. */
  byte[] toBytes() {
    INT_LITTLE_ENDIAN.set(bytes, COUNT_AT, count);
    return Arrays.copyOf(bytes, end);
  }
}
