package io.stepwise.functions;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The end of what one call logs. Limits: {@value #TAIL_BYTES_MAX} bytes, as AWS shows them. */
final class CallLog {
  private static final int TAIL_BYTES_MAX = 4096;

  private byte[] tail = new byte[0];

  synchronized void add(String line) {
    var more = (line + "\n").getBytes(StandardCharsets.UTF_8);
    var all = new byte[tail.length + more.length];
    System.arraycopy(tail, 0, all, 0, tail.length);
    System.arraycopy(more, 0, all, tail.length, more.length);
    if (all.length <= TAIL_BYTES_MAX) {
      tail = all;
    } else {
      tail = Arrays.copyOfRange(all, all.length - TAIL_BYTES_MAX, all.length);
    }
  }

  synchronized byte[] tail() {
    return tail.clone();
  }
}
