package io.stepwise.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where functions are on disk: beside the store, or in a temporary folder for a server that keeps
 * nothing.
 */
record FunctionFolder(Path folder, boolean isTemporary) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionFolder.class);

  /** Of a server with, or without, a folder for its data. */
  static FunctionFolder of(Optional<Path> data) {
    if (data.isPresent()) {
      return new FunctionFolder(data.get().toAbsolutePath().resolve("functions"), false);
    }
    try {
      return new FunctionFolder(Files.createTempDirectory("stepwise-functions"), true);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected a temporary folder for functions", e);
    }
  }

  /** For code. */
  Path code() {
    return folder.resolve("code");
  }

  /** For what the host needs while it runs. */
  Path host() {
    return folder.resolve("host");
  }

  /** Deletes it where it is temporary. */
  @Override
  public void close() {
    if (!isTemporary) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("Expected to delete {}", folder, e);
    }
  }
}
