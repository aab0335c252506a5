package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.catalog.Catalog;
import io.stepwise.storage.Tables;
import io.stepwise.storage.feed.FeedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tree is tidy: nothing is named that is not there, and nothing is there that nobody uses. */
final class TidyTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#\\s]+)");
  private static final Pattern PLACE = Pattern.compile("`([a-z][a-z-]*(?:/[A-Za-z][A-Za-z-]*)+)`");
  private static final Pattern PAGE = Pattern.compile("docs/[a-z/]+[A-Za-z0-9-]+\\.md");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  @Test
  void everyLinkOfADocumentLeadsSomewhere() throws IOException {
    var broken = new ArrayList<String>();
    for (var document : documents()) {
      var links = LINK.matcher(Files.readString(document));
      while (links.find()) {
        if (!Files.exists(document.resolveSibling(links.group(1)))) {
          broken.add(document + " → " + links.group(1));
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void everyPageThatTheSourcesNameIsThere() throws IOException {
    var missing = new ArrayList<String>();
    for (var source : sources()) {
      var pages = PAGE.matcher(Files.readString(source));
      while (pages.find()) {
        if (!Files.exists(ROOT.resolve(pages.group()))) {
          missing.add(source + " → " + pages.group());
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void everyPlaceThatNewcomersAreSentToIsThere() throws IOException {
    var missing = new ArrayList<String>();
    for (var document : List.of("ARCHITECTURE.md", "CONTRIBUTING.md")) {
      var places = PLACE.matcher(Files.readString(ROOT.resolve(document)));
      while (places.find()) {
        if (!isThere(places.group(1))) {
          missing.add(document + " → " + places.group(1));
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  /** A folder or a file, or a package or a class of a module. */
  private static boolean isThere(String place) throws IOException {
    if (Files.exists(ROOT.resolve(place))) {
      return true;
    }
    var java = place.replace('-', '/');
    try (var files = Files.walk(ROOT.resolve(place.substring(0, place.indexOf('/'))))) {
      return files
          .map(file -> file.toString().replace('\\', '/'))
          .anyMatch(
              file -> file.endsWith("/stepwise/" + java + ".java") || file.endsWith("/" + java));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Test
  void noTableOfTheStoreTakesThePrefixOfAnother() {
    var tables = Tables.all(List.of(Tables.EXECUTIONS, FeedTable.TABLES, Catalog.TABLES));

    assertThat(tables).extracting(Tables.Table::prefix).doesNotHaveDuplicates();
    assertThat(tables).hasSizeGreaterThan(15);
  }

  @Test
  void nothingIsThereThatNobodyUses() throws IOException {
    Map<String, Integer> files = new HashMap<>();
    var classes = new ArrayList<Path>();
    for (var source : sources()) {
      if (source.toString().endsWith(".java")) {
        var words = WORD.matcher(Files.readString(source));
        words
            .results()
            .map(result -> result.group())
            .distinct()
            .forEach(word -> files.merge(word, 1, Integer::sum));
        if (source.toString().contains("src/main")
            && !source.endsWith("package-info.java")
            && !Files.readString(source).contains(" static void main(")) {
          classes.add(source);
        }
      }
    }
    var unused = new ArrayList<String>();
    for (var source : classes) {
      var name = String.valueOf(source.getFileName()).replace(".java", "");
      if (files.getOrDefault(name, 0) < 2) { // named in its own file only
        unused.add(source.toString());
      }
    }

    assertThat(unused).isEmpty();
  }

  private static List<Path> documents() throws IOException {
    try (var root = Files.list(ROOT);
        var docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(root, docs).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  private static List<Path> sources() throws IOException {
    var sources = new ArrayList<Path>();
    try (var modules = Files.list(ROOT)) {
      for (var module : modules.filter(Files::isDirectory).toList()) {
        if (Files.exists(module.resolve("pom.xml"))) {
          addSources(module, sources);
        } else if (module.endsWith("connectors") || module.endsWith("services")) {
          addSources(module, sources);
        }
      }
    }
    return sources;
  }

  private static void addSources(Path module, List<Path> sources) throws IOException {
    try (var files = Files.walk(module)) {
      files
          .filter(file -> !file.toString().contains("/target/"))
          .filter(
              file -> file.toString().endsWith(".java") || file.toString().endsWith(".properties"))
          .forEach(sources::add);
    }
  }
}
