package io.stepwise.cli;

import io.stepwise.expression.Json;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Where a command finds the server, and what becomes of it where it finds none. */
final class ServerAccess {
  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description =
          "The server. Default: AWS_ENDPOINT_URL_SFN, AWS_ENDPOINT_URL or http://127.0.0.1:8083")
  private @Nullable URI endpoint;

  /** What is done with the server. */
  interface Work {
    int run(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused;
  }

  /** Does it; 2 where the server does not answer or says no. */
  int with(Work work) throws InterruptedException {
    var url = url();
    try (var api = new SfnApi(url)) {
      return work.run(api);
    } catch (SfnApi.Refused e) {
      System.err.println(e.getMessage());
    } catch (IOException e) {
      System.err.println("Expected a running server at " + url + ", but: " + e);
    }
    return 2;
  }

  private URI url() {
    if (endpoint != null) {
      return endpoint;
    }
    for (var name : new String[] {"AWS_ENDPOINT_URL_SFN", "AWS_ENDPOINT_URL"}) {
      var value = System.getenv(name);
      if (value != null && !value.isBlank()) {
        return URI.create(value);
      }
    }
    return URI.create("http://127.0.0.1:8083");
  }

  /** The ARN of an execution from itself, or from {@code MACHINE:EXECUTION}. */
  static String executionArn(SfnApi api, String text)
      throws IOException, InterruptedException, SfnApi.Refused {
    var colon = text.indexOf(':');
    if (text.startsWith("arn:") || colon < 0) {
      return text;
    }
    var machine = machineArn(api, text.substring(0, colon));
    return machine.replace(":stateMachine:", ":execution:") + text.substring(colon);
  }

  /** The ARN of a state machine from itself or from its name. */
  static String machineArn(SfnApi api, String text)
      throws IOException, InterruptedException, SfnApi.Refused {
    if (text.startsWith("arn:")) {
      return text;
    }
    for (var machine : machines(api)) {
      if (machine.path("name").asString("").equals(text)) {
        return machine.path("stateMachineArn").asString("");
      }
    }
    throw new SfnApi.Refused("Expected a state machine named " + text + ", but there is none");
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
