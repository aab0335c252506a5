package io.stepwise.services.lambda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether the files of a function have changed, by their names, sizes and times.
 *
 * <p>Limits: 10,000 files are looked at. Of {@code node_modules} only what npm installs is noticed,
 * since to look at all of it would take longer than a call; what Python compiles is no change.
 */
final class FileState {
  private static final int FILES_MAX = 10_000;
  private static final String MODULES = "node_modules";
  private static final Set<String> PASSED_OVER = Set.of(MODULES, "__pycache__", ".git");

  private FileState() {}

  /** The same text for the same files of a folder, or the same file. */
  static String of(Path linked) {
    var seen = new StringBuilder();
    try {
      var place = linked.toRealPath();
      var unused =
          Files.walkFileTree(
              place,
              new SimpleFileVisitor<>() {
                private int files;

                @Override
                public FileVisitResult preVisitDirectory(
                    Path folder, BasicFileAttributes attributes) {
                  var name = String.valueOf(folder.getFileName());
                  if (folder.equals(place) || !PASSED_OVER.contains(name)) {
                    return FileVisitResult.CONTINUE;
                  }
                  if (name.equals(MODULES)) {
                    see(folder, attributes);
                    var installed = folder.resolve(".package-lock.json").toFile();
                    seen.append(installed.lastModified());
                  }
                  return FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                  see(file, attributes);
                  return ++files < FILES_MAX ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                  return FileVisitResult.CONTINUE; // deleted while this goes on
                }

                private void see(Path file, BasicFileAttributes attributes) {
                  seen.append(place.relativize(file))
                      .append('/')
                      .append(attributes.size())
                      .append('/')
                      .append(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS))
                      .append('\n');
                }
              });
    } catch (IOException e) {
      seen.append("changing");
    }
    return "/" + UUID.nameUUIDFromBytes(seen.toString().getBytes(StandardCharsets.UTF_8));
  }
}
