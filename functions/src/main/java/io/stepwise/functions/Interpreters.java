package io.stepwise.functions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what runs a handler on this machine. */
final class Interpreters {
  private static final Pattern PYTHON = Pattern.compile("python(3\\.\\d+)");

  private Interpreters() {}

  /** A program on the search path of this process. */
  static Optional<Path> onPath(String name) {
    for (var folder : Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1)) {
      if (!folder.isEmpty()) {
        var file = Path.of(folder, name);
        if (Files.isExecutable(file) && !Files.isDirectory(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /** Python of exactly the version of the runtime, else whichever is there. */
  static Optional<Path> python(String runtime) {
    var version = PYTHON.matcher(runtime);
    var exact = version.matches() ? onPath("python" + version.group(1)) : Optional.<Path>empty();
    return exact.or(() -> firstOf(List.of("python3", "python")));
  }

  private static Optional<Path> firstOf(List<String> names) {
    return names.stream().map(Interpreters::onPath).flatMap(Optional::stream).findFirst();
  }
}
