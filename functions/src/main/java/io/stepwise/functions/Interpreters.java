package io.stepwise.functions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what runs a handler on this machine. */
public final class Interpreters {
  private static final Pattern PYTHON = Pattern.compile("python(3\\.\\d+)");
  private static final Pattern VERSION = Pattern.compile("Python (3\\.\\d+)\\..*", Pattern.DOTALL);

  /** How long a program may take to tell its version. Units: seconds. */
  private static final int VERSION_SECONDS_MAX = 10;

  private static @Nullable String pythonRuntime;

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

  /**
   * AWS's name for the Python of this machine, e.g. {@code python3.13}. Asks it once, so not for
   * threads that must not wait: that a program is on the path does not say that it runs, and what
   * switches between versions puts programs of all of them there.
   */
  public static synchronized Optional<String> pythonRuntime() {
    if (pythonRuntime == null) {
      pythonRuntime = firstOf(List.of("python3", "python")).map(Interpreters::version).orElse("");
    }
    return Optional.of(pythonRuntime).filter(name -> !name.isEmpty());
  }

  private static String version(Path python) {
    try {
      var process =
          new ProcessBuilder(python.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(VERSION_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      var told = new String(process.getInputStream().readNBytes(256), StandardCharsets.UTF_8);
      var version = VERSION.matcher(told);
      return version.matches() ? "python" + version.group(1) : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static Optional<Path> firstOf(List<String> names) {
    return names.stream().map(Interpreters::onPath).flatMap(Optional::stream).findFirst();
  }
}
