package io.stepwise.host.embedded;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native library of RocksDB, unpacked once into a folder that stays.
 *
 * <p>RocksDB's own way writes 15 MB into the temporary folder at every start, and a process that is
 * killed leaves them there. It is what happens where no folder is given, or none can be written.
 */
final class RocksDbLibrary {
  /** The system property that names the folder for what is worth keeping between starts. */
  static final String CACHE_PROPERTY = "stepwise.cache";

  private static final Logger LOG = LoggerFactory.getLogger(RocksDbLibrary.class);

  private RocksDbLibrary() {}

  /** Loads the library, once in a process. */
  static void load() {
    var cache = System.getProperty(CACHE_PROPERTY);
    if (cache != null) {
      try {
        RocksDB.loadLibrary(List.of(unpacked(Path.of(cache)).toString()));
        return;
      } catch (IOException | URISyntaxException | RuntimeException | UnsatisfiedLinkError e) {
        LOG.debug("The library of RocksDB can't be kept in {}", cache, e);
      }
    }
    RocksDB.loadLibrary();
  }

  /** The folder with the library; unpacks it where it is missing. */
  static Path unpacked(Path cache) throws IOException, URISyntaxException {
    var jar = Path.of(RocksDB.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    // Another version is another jar, by its name or at least by its size.
    var folder = cache.resolve(jar.getFileName() + "-" + Files.size(jar)).toAbsolutePath();
    // RocksDB asks a folder for another name than the one in the jar.
    var library = folder.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
    var name = Environment.getJniLibraryFileName("rocksdb");
    if (!Files.exists(library)) {
      Files.createDirectories(folder);
      // Several may start at once: whoever moves last wins, and all moved the same.
      var partial = Files.createTempFile(folder, "library", ".partial");
      try (var in = RocksDB.class.getResourceAsStream("/" + name)) {
        if (in == null) {
          throw new FileNotFoundException("Expected " + name + " in " + jar);
        }
        Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, library, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(partial);
      }
    }
    return folder;
  }
}
