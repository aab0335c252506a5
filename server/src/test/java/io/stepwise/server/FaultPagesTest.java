package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each fault has a page in {@code docs/errors}, and each page a fault. */
final class FaultPagesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path PAGES = ROOT.resolve("docs").resolve("errors");
  private static final Pattern CODE = Pattern.compile("SW(-[A-Z]+)+");

  @Test
  void everyCodeHasAPageAndEveryPageACode() throws IOException {
    assertThat(pages()).isEqualTo(codesOfTheSources());
  }

  @Test
  void everyPageSaysWhatHappenedWhyAndWhatToDo() throws IOException {
    for (var code : pages()) {
      assertThat(PAGES.resolve(code + ".md"))
          .content()
          .contains("# " + code, "**What happened.**", "**Why.**", "**What to do.**");
    }
  }

  private static Set<String> pages() throws IOException {
    try (var files = Files.list(PAGES)) {
      return files
          .map(file -> file.getFileName().toString())
          .map(name -> name.substring(0, name.length() - ".md".length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> codesOfTheSources() throws IOException {
    var codes = new TreeSet<String>();
    try (var files = Files.walk(ROOT)) {
      var sources = Path.of("src", "main", "java").toString();
      for (var file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        if (file.toString().contains(sources)) {
          CODE.matcher(Files.readString(file)).results().forEach(code -> codes.add(code.group()));
        }
      }
    }
    return codes;
  }
}
