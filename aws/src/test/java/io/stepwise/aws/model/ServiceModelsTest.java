package io.stepwise.aws.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceModelsTest {

  @Test
  void everyTableCanBeReadAndIsFoundByTheNameOfItsService() {
    var models = ServiceModels.BUILT_IN;

    assertThat(models.names()).hasSizeGreaterThan(400);
    for (var name : models.names()) {
      var model = models.find(name, Dialect.SDK).orElseThrow();
      assertThat(model.prefix()).isEqualToIgnoringCase(name);
      assertThat(model.operations()).as(name).isNotEmpty();
    }
  }

  @Test
  void anUnknownServiceHasNoModel() {
    assertThat(ServiceModels.BUILT_IN.find("index", Dialect.SDK)).isEmpty();
    assertThat(ServiceModels.BUILT_IN.find("../models/s3", Dialect.SDK)).isEmpty();
  }

  @Test
  void aMemberHasTheKeyOfItsDialect() {
    var sdk = ServiceModels.BUILT_IN.find("sqs", Dialect.SDK).orElseThrow();
    var optimized = ServiceModels.BUILT_IN.find("sqs", Dialect.OPTIMIZED).orElseThrow();

    assertThat(sent(sdk).member("Md5OfMessageBody")).isPresent();
    assertThat(sent(optimized).member("MD5OfMessageBody")).isPresent();
  }

  private static ModelShape sent(ServiceModel sqs) {
    return sqs.operation("sendMessage").flatMap(ModelOperation::output).orElseThrow();
  }

  @Test
  void tablesAreWhatTheScriptMakes(@TempDir Path made) throws Exception {
    var root = root();
    var version = run(root, "-c", "import botocore; print(botocore.__version__)").strip();
    var notice = text("NOTICE");
    assumeTrue(
        !version.isEmpty() && notice.contains("botocore " + version + "\n"),
        "the botocore of " + notice.lines().findFirst().orElse("") + " is not installed");
    var data =
        run(root, "-c", "import botocore, os; print(os.path.dirname(botocore.__file__))").strip();

    run(root, "aws/src/build/service-models.py", data + "/data", made.toString());

    for (var name : ServiceModels.BUILT_IN.names()) {
      assertThat(Files.readAllBytes(made.resolve(name))).as(name).isEqualTo(bytes(name));
    }
    assertThat(Files.readString(made.resolve("index"))).isEqualTo(text("index"));
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    return Files.exists(folder.resolve("aws/src/build")) ? folder : folder.resolve("..");
  }

  /** What Python says; nothing where it is not there or fails. */
  private static String run(Path folder, String... arguments) throws Exception {
    var command = new String[arguments.length + 1];
    command[0] = "python3";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return process.waitFor() == 0 ? said : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static String text(String name) throws IOException {
    return new String(bytes(name), UTF_8);
  }

  private static byte[] bytes(String name) throws IOException {
    try (var in = ServiceModelsTest.class.getResourceAsStream("/io/stepwise/aws/models/" + name)) {
      return java.util.Objects.requireNonNull(in).readAllBytes();
    }
  }
}
