package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.server.StepwiseServer;
import io.stepwise.server.config.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is typed wrong ends with exit code 2 and a sentence, without a word of Java's. */
final class MisuseTest {
  /** What a user must never be shown. */
  static final Pattern JAVA =
      Pattern.compile("(?m)\\bjava[.x]|Exception\\b|^\\s+at |jackson|REDACTED|picocli");

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "start --port 99999 | Expected a port from 0 to 65535, got 99999",
        "start --port -1 | Expected a port from 0 to 65535, got -1",
        "start --port x | Expected a whole number in --port, got 'x'",
        "start --account 12 | Expected an account of 12 digits, got '12'",
        "start --region '' | Expected a region such as us-east-1, got ''",
        "start --wait-time-scale -1 | Expected a wait time scale of at least 0",
        "start --wait-time-scale x | Expected a number in --wait-time-scale, got 'x'",
        "start --lambda-endpoint nonsense | http://127.0.0.1:3001 in --lambda-endpoint, got 'nonsense'",
        "start --lambda-endpoint http:// | http://127.0.0.1:3001 in --lambda-endpoint, got 'http://'",
        "start --retention 0 | Expected at least 1 day in --retention, got 0",
        "start --memory --data y | Expected --data or --memory, got both",
        "start --clock virtual --data y | Expected --data or --clock virtual, got both",
        "start --data '' | Expected the name of a folder for the data",
        "start --clock sundial | Expected real or virtual in --clock, got 'sundial'",
        "start --log-format xml | Expected text or json in --log-format, got 'xml'",
        "start --host nosuch.invalid --insecure | 'nosuch.invalid' is not known",
        "start --portt 1 | Did you mean --port?",
        "validate --tpye x | Did you mean --type?",
        "star | Did you mean start?",
        "executions lst | Did you mean list?",
        "run | FILE",
        "run nofile | it can't be read: there is no such file",
        "run . | it can't be read: it is a folder",
        "run nofile --input @nofile | nofile can't be read: there is no such file",
        "run nofile --input {bad | line 1, column 2: unexpected character 'b'",
        "run nofile --input '{} {}' | more text after the value",
        "run nofile --input '' | there is no text",
        "run nofile --case c | Expected --mock FILE beside --case",
        "run nofile --mock nofile | Expected a file in --mock",
        "run nofile --name a/b | Expected letters, digits, - and _ in --name",
        "run - --input - | standard input can be read once only",
        "run nofile --type BOTH | Expected STANDARD or EXPRESS in --type, got 'BOTH'",
        "validate . | it is a folder",
        "validate - - | standard input can be read once only",
        "backup x --endpoint-url nonsense | http://127.0.0.1:8083 in --endpoint-url, got 'nonsense'",
        "backup '' | Expected the name of a folder for the copy",
        "backup x --endpoint-url http://127.0.0.1:1 | nothing listens there",
        "executions list --endpoint-url http://127.0.0.1:1 | nothing listens there",
        "executions list --endpoint-url http://nosuch.invalid | that host is not known",
        "executions list --endpoint-url ftp://127.0.0.1 | Expected a URL",
        "executions list --status succeded | Expected RUNNING, SUCCEEDED",
        "executions list --max 0 | Expected at least 1 in --max, got 0",
        "executions follow nonsense | Expected the ARN of an execution, or MACHINE:NAME",
        "executions history a:b --format json --payloads full | Expected --payloads without --format json",
        "functions lst | Did you mean list?",
        "functions list --endpoint-url http://127.0.0.1:1 | nothing listens there",
        "functions invoke | NAME",
        "functions invoke '' | Expected the name of a function",
        "functions invoke f --payload {bad | Expected JSON in --payload, but: line 1, column 2",
        "functions invoke f --payload @nofile | it can't be read: there is no such file",
        "functions invoke f --endpoint-url http://127.0.0.1:1 | nothing listens there",
        "completion tcsh | Expected bash, zsh or fish in SHELL, got 'tcsh'",
      })
  void endsWithCodeTwoAndASentence(String line, String sentence) {
    var shown = Invocation.of(words(line));

    assertThat(shown.code()).as(shown.err()).isEqualTo(2);
    assertThat(shown.err()).contains(sentence).doesNotContainPattern(JAVA);
    assertThat(shown.err().lines().count()).as(shown.err()).isLessThanOrEqualTo(3);
    assertThat(shown.out()).isEmpty();
  }

  @Test
  void aPortInUseIsToldBeforeAnyDataIsMade() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var data = folder.resolve("data");
      other.setSoTimeout(1);

      var shown = Invocation.of("start", "--port", "" + other.getLocalPort(), "--data", "" + data);

      assertThat(shown.code()).isEqualTo(1);
      assertThat(shown.err()).contains("another program does").doesNotContainPattern(JAVA);
      assertThat(data).doesNotExist();
    }
  }

  @Test
  void aSecondStartIsToldThatStepwiseRunsThere() throws IOException {
    try (var server = new StepwiseServer(ServerConfig.builder().build())) {
      var port = server.start();

      var shown = Invocation.of("start", "--port", "" + port, "--data", "" + folder.resolve("d"));

      assertThat(shown.code()).isEqualTo(1);
      assertThat(shown.err()).contains("already runs on 127.0.0.1:" + port);
      assertThat(folder.resolve("d")).doesNotExist();
    }
  }

  @Test
  void dataThatCanNotBeMadeIsSaidInWords() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");

    var shown = Invocation.of("start", "--port", "0", "--data", file.toString());

    assertThat(shown.code()).isEqualTo(1);
    assertThat(shown.err())
        .contains("SW-STORAGE-OPEN", "a file of that name is in the way")
        .doesNotContainPattern(JAVA);
  }

  @Test
  void withoutACommandTheHelpIsShown() {
    var shown = Invocation.of();

    assertThat(shown.code()).isEqualTo(2);
    assertThat(shown.out()).contains("Usage: stepwise", "start", "validate");
  }

  @Test
  void theVersionIsACommandToo() {
    assertThat(Invocation.of("version")).isEqualTo(Invocation.of("--version"));
  }

  /** Words as a shell would read them. */
  private static String[] words(String line) {
    var words = new ArrayList<String>();
    var matcher = Pattern.compile("'([^']*)'|(\\S+)").matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(2) == null ? matcher.group(1) : matcher.group(2));
    }
    return List.copyOf(words).toArray(String[]::new);
  }
}
