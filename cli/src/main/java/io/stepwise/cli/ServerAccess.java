package io.stepwise.cli;

import io.stepwise.asl.Nearest;
import io.stepwise.aws.StateMachineArn;
import io.stepwise.expression.Json;
import io.stepwise.server.config.EndpointUrl;
import io.stepwise.server.config.Environment;
import io.stepwise.server.config.Reason;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Where a command finds the server, and what becomes of it where it finds none. */
final class ServerAccess {
  private static final String DEFAULT = "http://127.0.0.1:8083";

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description =
          "The server. Default: AWS_ENDPOINT_URL_SFN, AWS_ENDPOINT_URL or http://127.0.0.1:8083")
  private @Nullable String endpoint;

  /** What is done with the server. */
  interface Work {
    int run(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused;
  }

  /** Does it; 2 where the server does not answer or says no. */
  int with(Work work) throws InterruptedException {
    return with(new Environment(System.getenv()), work);
  }

  /** As {@link #with(Work)}, where the environment is told. */
  int with(Environment environment, Work work) throws InterruptedException {
    var url = url(environment);
    try (var api = new SfnApi(url)) {
      return work.run(api);
    } catch (SfnApi.Refused e) {
      throw CommandProblem.misuse(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw CommandProblem.misuse(
          "Expected a running server at %s, but %s. Start one with 'bin/run', or name another with --endpoint-url."
              .formatted(url, Reason.of(e)));
    }
  }

  private URI url(Environment environment) {
    try {
      return endpoint != null
          ? EndpointUrl.parse("--endpoint-url", endpoint, DEFAULT)
          : environment.endpoint().orElse(URI.create(DEFAULT));
    } catch (IllegalArgumentException e) {
      throw CommandProblem.misuse(String.valueOf(e.getMessage()));
    }
  }

  /** The ARN of an execution from itself, or from {@code MACHINE:EXECUTION}. */
  static String executionArn(SfnApi api, String text)
      throws IOException, InterruptedException, SfnApi.Refused {
    var colon = text.indexOf(':');
    if (text.startsWith("arn:")) {
      return text;
    }
    if (colon <= 0 || colon == text.length() - 1) {
      throw CommandProblem.misuse(
          "Expected the ARN of an execution, or MACHINE:NAME, got '" + text + "'");
    }
    var machine = machineArn(api, text.substring(0, colon));
    return StateMachineArn.of(machine).execution(text.substring(colon + 1)).text();
  }

  /** The ARN of a state machine from itself or from its name. */
  static String machineArn(SfnApi api, String text)
      throws IOException, InterruptedException, SfnApi.Refused {
    if (text.startsWith("arn:")) {
      return text;
    }
    var names = new ArrayList<String>();
    for (var machine : machines(api)) {
      names.add(machine.path("name").asString(""));
      if (machine.path("name").asString("").equals(text)) {
        return machine.path("stateMachineArn").asString("");
      }
    }
    throw new SfnApi.Refused(
        "Expected a state machine named "
            + text
            + ", but there is none."
            + Nearest.to(text, names).map(near -> " Did you mean " + near + "?").orElse(""));
  }

  /** All state machines. */
  static Iterable<JsonNode> machines(SfnApi api)
      throws IOException, InterruptedException, SfnApi.Refused {
    var all = Json.nodes().arrayNode();
    var input = Json.nodes().objectNode();
    while (true) {
      var page = api.call("ListStateMachines", input);
      page.path("stateMachines").forEach(all::add);
      if (!page.hasNonNull("nextToken")) {
        return all;
      }
      input.put("nextToken", Objects.requireNonNull(page.get("nextToken")).stringValue());
    }
  }
}
