package io.stepwise.functions;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * What a process writes, read line by line while it goes on writing. A file, not a pipe: it never
 * holds the process up, and all that was written before a moment can be read at that moment.
 *
 * <p>Limits: a line of more than {@value #LINE_BYTES_MAX} bytes is cut in several; what was read is
 * dropped from the file once there is {@value #KEPT_BYTES_MAX} of it; of a process that writes
 * faster than it is read, lines are dropped beyond {@value #BEHIND_BYTES_MAX} unread bytes, and a
 * line says how many.
 */
final class OutputFile implements AutoCloseable {
  private static final int LINE_BYTES_MAX = 256 << 10;
  private static final long KEPT_BYTES_MAX = 1 << 20;
  private static final int READ_BYTES = 64 << 10;
  private static final long BEHIND_BYTES_MAX = 16 << 20;
  private static final long READ_AGAIN_BYTES = 1 << 20;

  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long position;

  /** Of a process that appends to that file. */
  OutputFile(Path path) throws IOException {
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Hands over the lines that are complete by now. */
  synchronized void read(Consumer<String> lines) throws IOException {
    if (!file.isOpen() || file.size() == position) {
      return;
    }
    for (var read = fill(); read > 0; read = fill()) {
      position += read;
      if (file.size() - position > BEHIND_BYTES_MAX) {
        skip(lines);
        continue;
      }
      buffer.flip();
      while (buffer.hasRemaining()) {
        var b = buffer.get();
        if (b == '\n' || line.size() >= LINE_BYTES_MAX) {
          hand(lines);
        }
        if (b != '\n') {
          line.write(b);
        }
      }
    }
    if (position >= KEPT_BYTES_MAX && file.size() == position) {
      file.truncate(0); // the process appends: it goes on at the start
      position = 0;
    }
  }

  /** Counts lines rather than reading them, until little is left; goes on at the start of one. */
  private void skip(Consumer<String> lines) throws IOException {
    line.reset(); // what began it is dropped with its end
    var dropped = 0L;
    var isOver = false;
    while (!isOver) {
      var isLittleLeft = file.size() - position <= READ_AGAIN_BYTES;
      buffer.flip();
      while (buffer.hasRemaining() && !isOver) {
        if (buffer.get() == '\n') {
          dropped++;
          isOver = isLittleLeft;
        }
      }
      if (isOver) {
        position -= buffer.remaining();
      } else {
        var read = fill();
        position += Math.max(0, read);
        isOver = read <= 0;
      }
    }
    lines.accept(
        "Stepwise: " + dropped + " lines were dropped here: more was written than could be read.");
  }

  private int fill() throws IOException {
    buffer.clear();
    return file.read(buffer, position);
  }

  private void hand(Consumer<String> lines) {
    // Runtimes write a line end within a record as a carriage return.
    lines.accept(line.toString(StandardCharsets.UTF_8).replace('\r', '\n'));
    line.reset();
  }

  /** Hands over all there is: nothing more will come. */
  synchronized void readRest(Consumer<String> lines) throws IOException {
    read(lines);
    if (line.size() > 0) {
      hand(lines);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
