package io.stepwise.cli.clients;

import io.stepwise.expression.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The AWS CLI, a process for each call, with the environment that docs/clients.md shows. */
public final class AwsCliCaller implements Caller {
  private static final Pattern REFUSED = Pattern.compile("An error occurred \\((\\w+)\\)");

  private final URI endpoint;

  /** For a server. */
  public AwsCliCaller(URI endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public JsonNode call(String operation, JsonNode input) throws IOException, InterruptedException {
    var command = operation.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    var builder =
        new ProcessBuilder(
                "aws",
                "stepfunctions",
                command,
                "--output",
                "json",
                "--cli-input-json",
                Json.print(input))
            .redirectErrorStream(true);
    var environment = builder.environment();
    environment.put("AWS_ENDPOINT_URL_SFN", endpoint.toString());
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("AWS_DISABLE_HOST_PREFIX_INJECTION", "true");
    var process = builder.start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var answer = Json.nodes().objectNode();
    if (process.waitFor() == 0) {
      answer.set("output", Json.parseTrusted(text.isBlank() ? "{}" : text));
    } else {
      var refused = REFUSED.matcher(text);
      answer.put("refused", refused.find() ? refused.group(1) : text);
    }
    return answer;
  }

  @Override
  public void close() {}
}
