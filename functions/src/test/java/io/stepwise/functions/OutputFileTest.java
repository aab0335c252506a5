package io.stepwise.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process writes is read by lines, and dropped by lines where it is too much. */
final class OutputFileTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void linesAreHandedOverOnceTheyAreComplete() throws IOException {
    var path = folder.resolve("output");
    Files.writeString(path, "one\ntw");
    List<String> lines = new ArrayList<>();
    try (var file = new OutputFile(path)) {
      file.read(lines::add);
      assertThat(lines).containsExactly("one");
      Files.writeString(path, "one\ntwo\n");
      file.read(lines::add);
    }
    assertThat(lines).containsExactly("one", "two");
  }

  @Test
  void ofTooMuchTheOldestLinesAreDroppedAndCounted() throws IOException {
    var path = folder.resolve("output");
    var count = 300_000;
    try (var out = Files.newBufferedWriter(path)) {
      for (var i = 0; i < count; i++) {
        out.write("%099d%n".formatted(i));
      }
    }
    List<String> lines = new ArrayList<>();
    try (var file = new OutputFile(path)) {
      file.read(lines::add);
    }

    var told = lines.getFirst();
    assertThat(told).matches("Stepwise: [0-9]+ lines were dropped here: .*");
    var dropped = Integer.parseInt(told.split(" ", 3)[1]);
    assertThat(dropped + lines.size() - 1).isEqualTo(count);
    assertThat(lines.get(1)).isEqualTo("%099d".formatted(dropped));
    assertThat(lines.getLast()).isEqualTo("%099d".formatted(count - 1));
  }
}
