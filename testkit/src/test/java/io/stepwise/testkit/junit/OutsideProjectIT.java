package io.stepwise.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project outside this tree that follows docs/testing.md, to the letter, uses the JUnit kit
 * beside the AWS SDK: the dependencies and the test are those of the document.
 */
final class OutsideProjectIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DOCUMENT = ROOT.resolve("docs").resolve("testing.md");
  private static final Path REPOSITORY = Path.of("target", "outside", "m2").toAbsolutePath();
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern ARTIFACT =
      Pattern.compile("</parent>\\s*<artifactId>([^<]+)</artifactId>");
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>stepwise-parent</artifactId>\\s*<version>([^<]+)</version>");
  private static final Pattern NOT_REACHED =
      Pattern.compile("offline mode|Could not (resolve|transfer|find)|Unknown host|UnknownHost");

  @TempDir private Path folder = Path.of("");

  @Test
  void theTestOfTheDocumentPassesInAProjectOfItsOwn() throws IOException, InterruptedException {
    passes(dependencies());
  }

  @Test
  void itPassesWhereTheAwsSdkIsNamedFirst() throws IOException, InterruptedException {
    var reversed = new ArrayList<>(dependencies());
    Collections.reverse(reversed);

    passes(reversed);
  }

  private void passes(List<String> dependencies) throws IOException, InterruptedException {
    var project = Files.createDirectories(folder.resolve("project"));
    var tests = Files.createDirectories(project.resolve("src/test/java"));
    Files.writeString(project.resolve("pom.xml"), pom(String.join("\n", dependencies)));
    Files.writeString(tests.resolve("ReminderTest.java"), block("java", "class ReminderTest"));
    var repository = repository();

    var ending = maven(project, repository, "-o");
    if (ending.code() != 0 && NOT_REACHED.matcher(ending.text()).find()) {
      ending = maven(project, repository);
      assumeTrue(
          ending.code() == 0 || !NOT_REACHED.matcher(ending.text()).find(),
          "the AWS SDK's asynchronous client is not at hand and can't be had: skipped");
    }

    assertThat(ending.code()).as(ending.text()).isZero();
    assertThat(ending.text()).contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
  }

  private static List<String> dependencies() throws IOException {
    var dependencies = new ArrayList<String>();
    for (var part : block("xml", "<artifactId>testkit</artifactId>").split("(?=<dependency>)")) {
      if (!part.isBlank()) {
        dependencies.add(part.strip());
      }
    }
    assertThat(dependencies).hasSize(3);
    return dependencies;
  }

  /** The fenced block of the document in that language that contains some text. */
  private static String block(String language, String text) throws IOException {
    var blocks =
        Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map(found -> found.group(1))
            .filter(block -> block.contains(text))
            .toList();
    assertThat(blocks).as("blocks of " + DOCUMENT + " with " + text).hasSize(1);
    return blocks.getFirst();
  }

  private static String pom(String dependencies) {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId>
          <artifactId>reminder</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>25</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <dependencies>
        %s
          </dependencies>
          <build>
            <plugins>
              <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.1</version></plugin>
              <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin>
              <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.5.4</version></plugin>
            </plugins>
          </build>
        </project>
        """
        .formatted(dependencies);
  }

  /**
   * A local repository with what {@code bin/install} would put there, from this build, and all that
   * the user's own has; that one is left as it is.
   */
  private Path repository() throws IOException {
    var users = usersRepository();
    // Not in the temporary folder: JUnit warns of each link out of that when it empties it.
    var repository = Files.createDirectories(REPOSITORY);
    var io = Files.createDirectories(repository.resolve("io"));
    link(users, repository, "io");
    link(users.resolve("io"), io, "stepwise");
    var parent = Files.readString(ROOT.resolve("pom.xml"));
    var version = first(VERSION, parent);
    install(repository, "stepwise-parent", version, ROOT.resolve("pom.xml"), null);
    for (var module : MODULE.matcher(parent).results().map(found -> found.group(1)).toList()) {
      var place = ROOT.resolve(module);
      var pom = place.resolve("pom.xml");
      var artifact = first(ARTIFACT, Files.readString(pom));
      var jar = place.resolve("target").resolve(artifact + "-" + version + ".jar");
      if (Files.exists(jar)) {
        install(repository, artifact, version, pom, jar);
      }
    }
    return repository;
  }

  private static Path usersRepository() {
    var named = System.getProperty("maven.repo.local", "");
    return named.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".m2", "repository")
        : Path.of(named);
  }

  private static void link(Path from, Path to, String except) throws IOException {
    assumeTrue(Files.isDirectory(from), from + " is not there: skipped");
    try (var entries = Files.list(from)) {
      for (var entry : entries.toList()) {
        var link = to.resolve(entry.getFileName());
        if (!entry.getFileName().toString().equals(except) && !Files.exists(link)) {
          Files.createSymbolicLink(link, entry);
        }
      }
    }
  }

  private static void install(
      Path repository, String artifact, String version, Path pom, @Nullable Path jar)
      throws IOException {
    var place =
        Files.createDirectories(
            repository.resolve("io").resolve("stepwise").resolve(artifact).resolve(version));
    var name = artifact + "-" + version;
    Files.copy(pom, place.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
    if (jar != null) {
      Files.copy(jar, place.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String first(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    assertThat(found.find()).as(pattern.pattern()).isTrue();
    return found.group(1);
  }

  private record Ending(int code, String text) {}

  private static Ending maven(Path project, Path repository, String... options)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-Dstyle.color=never"));
    command.add("-Dmaven.repo.local=" + repository);
    command.addAll(List.of(options));
    command.add("test");
    var builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      var process = builder.start();
      process.getOutputStream().close();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ending(process.waitFor(), text);
    } catch (IOException e) {
      assumeTrue(false, "Maven is not on the PATH: skipped");
      throw e;
    }
  }
}
