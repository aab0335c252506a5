package io.stepwise.storage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Appends numbers and text to a growing array. Reused; confined to one thread. */
public final class RowWriter {
  private byte[] bytes;
  private int length;

  /** For rows of any length. */
  public RowWriter() {
    this(4096);
  }

  /** For rows of about that many bytes. */
  public RowWriter(int bytes) {
    this.bytes = new byte[bytes];
  }

  /** What was written so far. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Forgets what was written. */
  public void clear() {
    length = 0;
    if (bytes.length > 1 << 20) {
      bytes = new byte[4096];
    }
  }

  /** One byte. */
  public void writeByte(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
  }

  /** A number of at least 0, seven bits a byte. */
  public void writeUnsigned(long value) {
    ensure(10);
    var rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** Any number; small ones of either sign are short. */
  public void writeSigned(long value) {
    writeUnsigned((value << 1) ^ (value >> 63));
  }

  /** A floating-point number. */
  public void writeDouble(double value) {
    writeUnsigned(Double.doubleToLongBits(value));
  }

  /** Text. */
  public void writeText(String text) {
    var utf8 = text.getBytes(StandardCharsets.UTF_8);
    writeUnsigned(utf8.length);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  /** Text or null. */
  public void writeOptionalText(@Nullable String text) {
    if (text == null) {
      writeByte(0);
    } else {
      writeByte(1);
      writeText(text);
    }
  }

  /** A number of at least 0, or null. */
  public void writeOptionalUnsigned(@Nullable Long value) {
    writeUnsigned(value == null ? 0 : value + 1);
  }

  /** What another writer holds. */
  public void writeRaw(RowWriter other) {
    ensure(other.length);
    System.arraycopy(other.bytes, 0, bytes, length, other.length);
    length += other.length;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
