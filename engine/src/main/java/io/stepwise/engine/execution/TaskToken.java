package io.stepwise.engine.execution;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The text by which a worker names an attempt: URL-safe base64 of version, {@link TaskRef} and a
 * checksum, so that text that is no token of ours is told from a token whose task is over.
 */
public final class TaskToken {
  private static final byte VERSION = 1;
  private static final int LENGTH = 1 + 8 + 4 + 4 + 4;

  private TaskToken() {}

  /** The token of an attempt; always the same for the same attempt. */
  public static String of(TaskRef task) {
    var buffer = ByteBuffer.allocate(LENGTH);
    buffer.put(VERSION).putLong(task.executionId()).putInt(task.scopeId()).putInt(task.stamp());
    buffer.putInt(checksum(buffer.array()));
    return "AQ" + Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
  }

  /** The attempt a token names; empty where the text is no token. */
  public static Optional<TaskRef> parse(String token) {
    if (!token.startsWith("AQ")) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token.substring(2));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length != LENGTH || bytes[0] != VERSION) {
      return Optional.empty();
    }
    var buffer = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
    var task = new TaskRef(buffer.getLong(), buffer.getInt(), buffer.getInt());
    return buffer.getInt() == checksum(bytes) ? Optional.of(task) : Optional.empty();
  }

  private static int checksum(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes, 0, LENGTH - 4);
    return (int) crc.getValue();
  }
}
