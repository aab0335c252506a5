package io.stepwise.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions as resources, and Invoke. */
class LambdaServiceTest {
  private static final String F = "/2015-03-31/functions/f";
  private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:f";
  private static final String HELLO =
      "def h(e, c): return {'got': e, 'as': c.invoked_function_arn}";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void needsPython() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "python3"))),
        "python3 is not on this machine");
  }

  @Test
  void functionsAreCreatedShownAndCalled() throws Exception {
    try (var api = new LambdaApi(folder)) {
      var created = api.create("f", HELLO, ",\"Timeout\":5,\"Tags\":{\"team\":\"a\"}");

      assertThat(created.status()).isEqualTo(201);
      assertThat(created.json().path("FunctionArn").stringValue()).isEqualTo(ARN);
      assertThat(created.json().path("State").stringValue()).isEqualTo("Active");
      assertThat(created.json().path("Timeout").intValue()).isEqualTo(5);
      var shown = api.ask("GET", F, "").json();
      assertThat(shown.path("Configuration").path("MemorySize").intValue()).isEqualTo(128);
      assertThat(shown.path("Tags").path("team").stringValue()).isEqualTo("a");
      var answer =
          api.ask("POST", F + "/invocations", "{\"a\":1}", Map.of("X-Amz-Log-Type", "Tail"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("{\"got\": {\"a\": 1}, \"as\": \"" + ARN + "\"}");
      assertThat(answer.headers()).containsEntry("X-Amz-Executed-Version", "$LATEST");
      assertThat(
              new String(
                  Base64.getDecoder().decode(answer.headers().get("X-Amz-Log-Result")),
                  StandardCharsets.UTF_8))
          .startsWith("START RequestId: " + answer.headers().get("x-amzn-RequestId"));
    }
  }

  @Test
  void callsAreRefusedInTheWordsOfAws() throws Exception {
    try (var api = new LambdaApi(folder)) {
      assertThat(api.ask("POST", F + "/invocations", "{}").error())
          .isEqualTo("ResourceNotFoundException: Function not found: " + ARN + ":$LATEST");
      var unused = api.create("f", HELLO, "");

      assertThat(api.ask("POST", F + "/invocations", "{a").error())
          .startsWith(
              "InvalidRequestContentException: Could not parse request body into json: Could not"
                  + " parse payload into json: ");
      assertThat(api.ask("POST", F + ":1/invocations?Qualifier=2", "{}").error())
          .isEqualTo(
              "InvalidParameterValueException: The derived qualifier from the function name does"
                  + " not match the specified qualifier.");
      assertThat(api.ask("POST", F + "/invocations?Qualifier=live", "{}").error())
          .isEqualTo("ResourceNotFoundException: Function not found: " + ARN + ":live");
      assertThat(
              api.ask("POST", F + "/invocations", "{}", Map.of("X-Amz-Invocation-Type", "DryRun"))
                  .status())
          .isEqualTo(204);
      assertThat(
              api.ask("POST", F + "/invocations", "{}", Map.of("X-Amz-Invocation-Type", "Event"))
                  .status())
          .isEqualTo(202);
      assertThat(
              api.ask(
                      "PUT",
                      "/2017-10-31/functions/f/concurrency",
                      "{\"ReservedConcurrentExecutions\":0}")
                  .status())
          .isEqualTo(200);
      assertThat(api.ask("POST", F + "/invocations", "{}").text())
          .isEqualTo(
              "{\"Reason\":\"ReservedFunctionConcurrentInvocationLimitExceeded\",\"Type\":\"User\","
                  + "\"message\":\"Rate Exceeded.\"}");
      assertThat(api.ask("POST", "/2015-03-31/functions/f/url", "{}").error())
          .startsWith("UnknownOperationException: ");
    }
  }

  @Test
  void aClientContextIsOneObjectToItsFunctionWhateverItHolds() throws Exception {
    try (var api = new LambdaApi(folder)) {
      var unused =
          api.create("f", "def h(event, context):\n    return context.client_context.custom", "");

      assertThat(
              api.ask("POST", F + "/invocations", "{}", context("{\n\"custom\":\r\n[\"é😀\\n\"]}"))
                  .json()
                  .path(0)
                  .asString())
          .isEqualTo("é😀\n");
      for (var wrong : List.of("x\r\nLambda-Runtime-Aws-Request-Id: other", "[]", "")) {
        assertThat(api.ask("POST", F + "/invocations", "{}", context(wrong)).error())
            .isEqualTo(
                "InvalidRequestContentException: Client context must be a valid Base64-encoded"
                    + " JSON object.");
      }
    }
  }

  private static Map<String, String> context(String text) {
    return Map.of(
        "X-Amz-Client-Context",
        Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void functionsAreRefusedInTheWordsOfAws() throws Exception {
    try (var api = new LambdaApi(folder)) {
      var unused = api.create("f", HELLO, "");

      assertThat(api.create("f", HELLO, "").error())
          .isEqualTo("ResourceConflictException: Function already exist: f");
      assertThat(api.create("g", HELLO, ",\"Layers\":[\"arn:x\"]").error())
          .isEqualTo(
              "InvalidParameterValueException: Stepwise does not support layers (Layers) yet.");
      assertThat(
              api.create("g", HELLO, ",\"Environment\":{\"Variables\":{\"AWS_REGION\":\"x\"}}")
                  .error())
          .endsWith("Reserved keys used in this request: AWS_REGION");
      assertThat(api.ask("PUT", F + "/configuration", "{\"Runtime\":\"cobol\"}").error())
          .startsWith(
              "InvalidParameterValueException: Value cobol at 'runtime' failed to satisfy"
                  + " constraint: Member must satisfy enum value set: [");
      assertThat(api.ask("PUT", F + "/code", "{\"ZipFile\":\"bm8gemlw\"}").error())
          .isEqualTo(
              "InvalidParameterValueException: Could not unzip uploaded file. Please check your"
                  + " file, then try to upload again.");
      assertThat(
              api.ask(
                      "PUT",
                      F + "/code",
                      "{\"ZipFile\":\"" + LambdaApi.zip("../../out.py", "x = 1") + "\"}")
                  .error())
          .startsWith("InvalidParameterValueException: Could not unzip uploaded file.");
      assertThat(api.ask("PUT", F + "/code", "{\"S3Bucket\":\"b\",\"S3Key\":\"k\"}").error())
          .startsWith("InvalidParameterValueException: Stepwise does not support code from S3");
      assertThat(
              api.ask("PUT", F + "/configuration", "{\"RevisionId\":\"old\",\"Timeout\":9}")
                  .status())
          .isEqualTo(412);
    }
  }

  @Test
  void newCodeAnswersTheNextCallAndVersionsStayAsTheyWere() throws Exception {
    try (var api = new LambdaApi(folder)) {
      var unused = api.create("f", "def h(e, c): return 'one'", "");
      assertThat(api.ask("POST", F + "/invocations", "{}").text()).isEqualTo("\"one\"");
      assertThat(api.ask("POST", F + "/versions", "{}").json().path("Version").stringValue())
          .isEqualTo("1");
      // Nothing has changed since: the same version.
      assertThat(api.ask("POST", F + "/versions", "{}").json().path("Version").stringValue())
          .isEqualTo("1");

      var code = LambdaApi.zip("app.py", "def h(e, c): return 'two'");
      assertThat(api.ask("PUT", F + "/code", "{\"ZipFile\":\"" + code + "\"}").status())
          .isEqualTo(200);

      assertThat(api.ask("POST", F + "/invocations", "{}").text()).isEqualTo("\"two\"");
      var old = api.ask("POST", F + ":1/invocations", "{}");
      assertThat(old.text()).isEqualTo("\"one\"");
      assertThat(old.headers()).containsEntry("X-Amz-Executed-Version", "1");
      assertThat(
              api.ask("POST", F + "/aliases", "{\"Name\":\"live\",\"FunctionVersion\":\"1\"}")
                  .status())
          .isEqualTo(201);
      assertThat(api.ask("POST", F + ":live/invocations", "{}").text()).isEqualTo("\"one\"");
    }
  }

  @Test
  void codeInAFolderIsRunAsItIsNow() throws Exception {
    try (var api = new LambdaApi(folder)) {
      var code = Files.createDirectory(folder.resolve("hot"));
      Files.writeString(code.resolve("app.py"), "def h(e, c): return 'before'");
      var created =
          api.ask(
              "POST",
              "/2015-03-31/functions",
              "{\"FunctionName\":\"f\",\"Runtime\":\"python3.11\",\"Handler\":\"app.h\",\"Role\":\""
                  + LambdaApi.ROLE
                  + "\",\"Code\":{\"S3Bucket\":\"local\",\"S3Key\":\""
                  + code
                  + "\"}}");
      assertThat(created.status()).isEqualTo(201);
      assertThat(api.ask("POST", F + "/invocations", "{}").text()).isEqualTo("\"before\"");

      Files.writeString(code.resolve("app.py"), "def h(e, c): return 'after'");
      Files.writeString(code.resolve("more.py"), "");

      assertThat(api.ask("POST", F + "/invocations", "{}").text()).isEqualTo("\"after\"");
    }
  }

  @Test
  void functionsAreThereAfterARestart() throws Exception {
    var before = new LambdaApi(folder);
    var unused = before.create("f", HELLO, ",\"Environment\":{\"Variables\":{\"A1\":\"b\"}}");
    unused = before.ask("POST", F + "/versions", "{}");
    unused =
        before.ask(
            "POST",
            F + "/aliases",
            "{\"Name\":\"live\",\"FunctionVersion\":\"1\",\"Description\":\"d\"}");
    unused =
        before.ask(
            "POST",
            F + "/policy",
            "{\"StatementId\":\"s\",\"Action\":\"lambda:InvokeFunction\",\"Principal\":\"s3.amazonaws.com\"}");
    var shown = before.ask("GET", F, "").text();
    var policy = before.ask("GET", F + "/policy", "").text();
    before.close();

    try (var after = new LambdaApi(folder, before.storage)) {
      assertThat(after.ask("GET", F, "").text()).isEqualTo(shown);
      assertThat(after.ask("GET", F + "/policy", "").text()).isEqualTo(policy);
      assertThat(after.ask("POST", F + ":live/invocations", "{}").status()).isEqualTo(200);
      assertThat(after.ask("DELETE", F, "").status()).isEqualTo(204);
      assertThat(after.ask("GET", F, "").error())
          .isEqualTo("ResourceNotFoundException: Function not found: " + ARN);
    }
  }
}
