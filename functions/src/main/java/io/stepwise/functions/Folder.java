package io.stepwise.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with folders as a whole. */
public final class Folder {
  private static final Logger LOG = LoggerFactory.getLogger(Folder.class);

  private Folder() {}

  /** Deletes a folder with all that is in it, as far as that can be done. */
  public static void delete(Path folder) {
    if (!Files.exists(folder)) {
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
