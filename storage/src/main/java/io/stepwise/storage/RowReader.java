package io.stepwise.storage;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link Writer} wrote.
 *
 * <p>Errors: {@link StorageFault} {@code SW-STORAGE-CORRUPT} where the bytes end too early.
 */
public final class RowReader {
  private final byte[] bytes;
  private int position;

  /** Reads from the start of {@code bytes}. */
  public RowReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether something is left to read. */
  public boolean hasMore() {
    return position < bytes.length;
  }

  /** One byte, 0 to 255. */
  public int readByte() {
    need(1);
    return bytes[position++] & 0xff;
  }

  /** A number of at least 0. */
  public long readUnsigned() {
    var value = 0L;
    for (var shift = 0; shift < 64; shift += 7) {
      var b = readByte();
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw corrupt();
  }

  /** A number of at least 0 that is an int. */
  public int readInt() {
    return Math.toIntExact(readUnsigned());
  }

  /** Any number. */
  public long readSigned() {
    var value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A floating-point number. */
  public double readDouble() {
    return Double.longBitsToDouble(readUnsigned());
  }

  /** Text. */
  public String readText() {
    var length = readInt();
    need(length);
    var text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  /** Text or null. */
  public @Nullable String readOptionalText() {
    return readByte() == 0 ? null : readText();
  }

  /** A number of at least 0, or null. */
  public @Nullable Long readOptionalUnsigned() {
    var value = readUnsigned();
    return value == 0 ? null : value - 1;
  }

  /** Whether everything was read. */
  public boolean isAtEnd() {
    return position == bytes.length;
  }

  /** Skips text without decoding it. */
  public void skipText() {
    var length = readInt();
    need(length);
    position += length;
  }

  private void need(int more) {
    if (more < 0 || position + more > bytes.length) {
      throw corrupt();
    }
  }

  private StorageFault corrupt() {
    return new StorageFault(
        "SW-STORAGE-CORRUPT",
        "Expected more than " + bytes.length + " bytes in a row, read up to " + position);
  }
}
