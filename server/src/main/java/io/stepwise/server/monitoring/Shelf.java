package io.stepwise.server.monitoring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The series there are, each under the ARN of its state machine. Thread safe, one caller at a time.
 *
 * <p>Limits: {@value #MACHINES_MAX} state machines in files, {@value #MACHINES_MAX_IN_MEMORY} in
 * memory, each of {@value Series#BYTES} bytes. When there is no place for another, the series goes
 * that nothing was added to for 14 days; where there is none, the new one gets none.
 *
 * <p>Errors: what can't be read or written is logged, and is not there.
 */
final class Shelf {
  /** The name under which the figures of all state machines are. */
  static final String ALL = "all";

  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
  private static final int MACHINES_MAX = 300;
  private static final int MACHINES_MAX_IN_MEMORY = 100;
  private static final long KEPT_SECONDS = 14 * 86_400L;
  private static final String SUFFIX = ".series";

  private final @Nullable Path folder;
  private final Function<String, Region> regions;
  private final int max;
  private @Nullable Map<String, Series> series;

  private Shelf(@Nullable Path folder, Function<String, Region> regions, int max) {
    this.folder = folder;
    this.regions = regions;
    this.max = max;
  }

  /** One whose series are files of a folder, which is made with the first. */
  static Shelf in(Path folder) {
    return new Shelf(folder, name -> new Region.InFile(folder.resolve(fileOf(name))), MACHINES_MAX);
  }

  /** One that lives as long as the process. */
  static Shelf inMemory() {
    return new Shelf(null, name -> new Region.InMemory(), MACHINES_MAX_IN_MEMORY);
  }

  /** Adds to the series of a name what was counted at a second since 1970. */
  synchronized void add(String name, long second, Bucket counted, boolean isBilled) {
    try {
      var found = findOrMake(name, second);
      if (found.isPresent()) {
        found.get().add(second, counted, isBilled);
      }
    } catch (IOException e) {
      LOG.warn("Expected to write figures of {}, but: {}", name, e.toString());
    }
  }

  private Optional<Series> findOrMake(String name, long second) throws IOException {
    var all = all();
    var known = all.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (all.size() > max && !removeOldest(second - KEPT_SECONDS)) {
      return Optional.empty();
    }
    if (folder != null) {
      Files.createDirectories(folder);
    }
    var made = Series.begin(regions.apply(name), name);
    all.put(name, made);
    return Optional.of(made);
  }

  private boolean removeOldest(long before) throws IOException {
    for (var known : List.copyOf(all().values())) {
      if (known.lastSecond() < before) {
        all().remove(known.name());
        known.delete();
        return true;
      }
    }
    return false;
  }

  /** So many spans of a series, the last of them that which a second is in. */
  synchronized List<Bucket> read(String name, Range.Ring ring, int points, long untilSecond) {
    try {
      var known = all().get(name);
      if (known != null) {
        return known.read(ring, points, untilSecond);
      }
    } catch (IOException e) {
      LOG.warn("Expected to read figures of {}, but: {}", name, e.toString());
    }
    return Stream.generate(Bucket::new).limit(points).toList();
  }

  /** Transitions of a series that AWS would bill in the month an instant is in. */
  synchronized long billed(String name, Instant instant) {
    var known = all().get(name);
    return known == null ? 0 : known.billedIn(instant);
  }

  /** The names of all series. */
  synchronized List<String> names() {
    return List.copyOf(all().keySet());
  }

  private Map<String, Series> all() {
    var known = series;
    if (known == null) {
      known = load();
      series = known;
    }
    return known;
  }

  private Map<String, Series> load() {
    var found = new HashMap<String, Series>();
    if (folder == null || !Files.isDirectory(folder)) {
      return found;
    }
    try (var files = Files.list(folder)) {
      for (var file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
        Series.read(new Region.InFile(file))
            .filter(read -> file.endsWith(fileOf(read.name())))
            .ifPresentOrElse(
                read -> found.put(read.name(), read),
                () -> LOG.warn("Expected figures in {}, found something else: left out", file));
      }
    } catch (IOException e) {
      LOG.warn("Expected to read the figures in {}, but: {}", folder, e.toString());
    }
    return found;
  }

  /** A file's name says nothing of the state machine's, which may hold what a file's may not. */
  private static String fileOf(String name) {
    if (name.equals(ALL)) {
      return ALL + SUFFIX;
    }
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var hash = digest.digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12) + SUFFIX;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 in every JDK", e);
    }
  }
}
