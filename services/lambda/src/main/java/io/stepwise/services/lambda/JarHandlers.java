package io.stepwise.services.lambda;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipFile;

/**
 * Finds the handlers in jars: the public classes that say they implement one of Lambda's
 * interfaces. Thread safe.
 *
 * <p>Limits: classes of up to 1 MiB are looked into.
 */
final class JarHandlers {
  private static final Set<String> INTERFACES =
      Set.of(
          "com/amazonaws/services/lambda/runtime/RequestHandler",
          "com/amazonaws/services/lambda/runtime/RequestStreamHandler");

  private static final int CLASS_BYTES_MAX = 1 << 20;

  /** What was found, by jar: to look into all classes takes long, and jars change seldom. */
  private final Map<Path, Found> known = new ConcurrentHashMap<>();

  private record Found(long modifiedMillis, long bytes, List<String> handlers) {}

  /** Names of the classes. */
  List<String> of(Path jar) throws IOException {
    var modified = Files.getLastModifiedTime(jar).toMillis();
    var bytes = Files.size(jar);
    var before = known.get(jar);
    if (before != null && before.modifiedMillis() == modified && before.bytes() == bytes) {
      return before.handlers();
    }
    var handlers = read(jar);
    known.put(jar, new Found(modified, bytes, handlers));
    return handlers;
  }

  private static List<String> read(Path jar) throws IOException {
    var handlers = new ArrayList<String>();
    try (var zip = new ZipFile(jar.toFile())) {
      for (var entry : Collections.list(zip.entries())) {
        var name = entry.getName();
        if (!name.endsWith(".class") || name.startsWith("META-INF/")) {
          continue;
        }
        try (var in = zip.getInputStream(entry)) {
          var bytes = in.readNBytes(CLASS_BYTES_MAX + 1);
          if (bytes.length <= CLASS_BYTES_MAX && isHandler(bytes)) {
            handlers.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
          }
        }
      }
    }
    return List.copyOf(handlers);
  }

  private static boolean isHandler(byte[] bytes) {
    try {
      var model = ClassFile.of().parse(bytes);
      return model.flags().has(AccessFlag.PUBLIC)
          && !model.flags().has(AccessFlag.ABSTRACT)
          && model.interfaces().stream()
              .anyMatch(implemented -> INTERFACES.contains(implemented.asInternalName()));
    } catch (IllegalArgumentException e) {
      return false; // a class of a later Java, or none: the JVM will tell
    }
  }
}
