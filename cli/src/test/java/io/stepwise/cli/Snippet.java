package io.stepwise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of a document.
 *
 * @param document the file's name
 * @param language what is written behind the fence
 */
record Snippet(String document, String language, String text) {
  private static final Path ROOT = Path.of("..");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```([a-z]+)\\n(.*?)^```$");

  /** All of the README and of the pages in docs. */
  static List<Snippet> all() throws IOException {
    var snippets = new ArrayList<Snippet>();
    try (var pages = Files.list(ROOT.resolve("docs"))) {
      var documents = Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.sorted());
      for (var document : documents.filter(path -> path.toString().endsWith(".md")).toList()) {
        var blocks = FENCED.matcher(Files.readString(document)).results().toList();
        for (var block : blocks) {
          snippets.add(
              new Snippet(String.valueOf(document.getFileName()), block.group(1), block.group(2)));
        }
      }
    }
    return snippets;
  }

  /** The one of a document that contains some text. */
  static Snippet of(String document, String text) throws IOException {
    var found =
        all().stream()
            .filter(each -> each.document().equals(document) && each.text().contains(text))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(
          "Expected one snippet of " + document + " with '" + text + "', found " + found.size());
    }
    return found.getFirst();
  }

  /** As it stands, but for the port, which may be taken. */
  String at(int port) {
    return text.replace("127.0.0.1:8083", "127.0.0.1:" + port);
  }
}
