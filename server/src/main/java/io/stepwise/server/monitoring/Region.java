package io.stepwise.server.monitoring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Bytes at places: a file, or pieces in memory. What was never written is zeros. */
sealed interface Region {
  /** Opens it for some reads and writes. */
  Session open() throws IOException;

  /** It is not needed any more. */
  void delete() throws IOException;

  /** Reads and writes. To be closed. */
  interface Session extends AutoCloseable {
    /** As many bytes as asked for, from a place on. */
    ByteBuffer read(long at, int bytes) throws IOException;

    /** Writes what remains in a buffer to a place. */
    void write(long at, ByteBuffer from) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  /** A file, which is made when something is written. */
  record InFile(Path path) implements Region {
    @Override
    public Session open() throws IOException {
      var channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      return new Session() {
        @Override
        public ByteBuffer read(long at, int bytes) throws IOException {
          var buffer = ByteBuffer.allocate(bytes);
          while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) > 0) {
            // A file that is shorter is zeros from there on.
          }
          return buffer.clear();
        }

        @Override
        public void write(long at, ByteBuffer from) throws IOException {
          var begin = from.position();
          while (from.hasRemaining()) {
            channel.write(from, at + from.position() - begin);
          }
        }

        @Override
        public void close() throws IOException {
          channel.close();
        }
      };
    }

    @Override
    public void delete() throws IOException {
      Files.deleteIfExists(path);
    }
  }

  /** Pieces in memory; each is read as it was written. */
  record InMemory(Map<Long, byte[]> pieces) implements Region {
    InMemory() {
      this(new HashMap<>());
    }

    @Override
    public Session open() {
      return new Session() {
        @Override
        public ByteBuffer read(long at, int bytes) {
          var piece = pieces.get(at);
          return ByteBuffer.wrap(piece == null ? new byte[bytes] : piece.clone());
        }

        @Override
        public void write(long at, ByteBuffer from) {
          var piece = new byte[from.remaining()];
          from.get(piece);
          pieces.put(at, piece);
        }
      };
    }

    @Override
    public void delete() {
      pieces.clear();
    }
  }
}
