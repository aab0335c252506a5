package io.stepwise.server;

import io.stepwise.functions.Folder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where functions are on disk: beside the store, or in a temporary folder for a server that keeps
 * nothing.
 */
record FunctionFolder(Path folder, boolean isTemporary) implements AutoCloseable {
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
    if (isTemporary) {
      Folder.delete(folder);
    }
  }
}
