package io.stepwise.functions;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;

/** The end of what one call logs. Limits: {@value #TAIL_BYTES_MAX} bytes, as AWS shows them. */
final class CallLog {
  private static final int TAIL_BYTES_MAX = 4096;

  /** The last lines, at least so many that they fill the tail; a line costs the line. */
  private final ArrayDeque<byte[]> lines = new ArrayDeque<>();

  private int bytes;

  synchronized void add(String line) {
    var more = (line + "\n").getBytes(StandardCharsets.UTF_8);
    lines.addLast(more);
    bytes += more.length;
    while (bytes - lines.getFirst().length >= TAIL_BYTES_MAX) {
      bytes -= lines.removeFirst().length;
    }
  }

  synchronized byte[] tail() {
    var all = new ByteArrayOutputStream(bytes);
    lines.forEach(all::writeBytes);
    var kept = all.toByteArray();
    return Arrays.copyOfRange(kept, Math.max(0, kept.length - TAIL_BYTES_MAX), kept.length);
  }
}
