package io.stepwise.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code clients/scenario.json} says, which also describes its own form: the calls each client
 * makes and what it must be answered. The same for all, so that they can be compared.
 */
public final class ClientScenario {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)(?:\\.(\\w+))?}");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String client;
  private final Map<String, JsonNode> answers = new HashMap<>();

  /** For a client of a name, which its state machines get too. */
  public ClientScenario(String client) {
    this.client = client;
  }

  /** Has a client make all calls; returns how many there were. */
  public int play(Caller caller) throws IOException, InterruptedException {
    var calls = read().path("calls");
    for (var step : calls) {
      var asked = step.path("call").stringValue();
      var answer = play(caller, step);
      if (step.has("refused")) {
        assertThat(answer.path("refused").asString("not refused"))
            .as(asked)
            .isIn(
                step.path("refused").stringValue(),
                // The SDK for JavaScript names the class of the error.
                step.path("refused").stringValue() + "Exception");
      } else {
        assertThat(answer.has("output")).as("%s: %s", asked, answer).isTrue();
        var expected = filled(step.path(step.has("until") ? "until" : "expect"));
        assertThat(holds(answer.path("output"), expected))
            .as("%s: expected %s in %s", asked, expected, answer)
            .isTrue();
      }
      if (step.has("as")) {
        answers.put(step.path("as").stringValue(), answer.path("output"));
      }
    }
    return calls.size();
  }

  private JsonNode play(Caller caller, JsonNode step) throws IOException, InterruptedException {
    var operation = step.path("call").stringValue();
    var input = filled(step.path("input"));
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var answer = caller.call(operation, input);
      if (!step.has("until")
          || holds(answer.path("output"), filled(step.path("until")))
          || System.nanoTime() > deadline) {
        return answer;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static JsonNode read() throws IOException {
    try (InputStream in = ClientScenario.class.getResourceAsStream("/clients/scenario.json")) {
      return Json.mapper().readTree(Objects.requireNonNull(in).readAllBytes());
    }
  }

  /** With references replaced and {@code $json} printed. */
  private JsonNode filled(JsonNode tree) {
    return switch (tree) {
      case ObjectNode object when object.has("$json") ->
          Json.nodes().stringNode(Json.print(filled(object.path("$json"))));
      case ObjectNode object -> {
        var result = Json.nodes().objectNode();
        object.forEachEntry((name, value) -> result.set(name, filled(value)));
        yield result;
      }
      case ArrayNode array -> {
        var result = Json.nodes().arrayNode();
        array.forEach(item -> result.add(filled(item)));
        yield result;
      }
      default ->
          tree.isString()
              ? Json.nodes()
                  .stringNode(
                      REFERENCE
                          .matcher(tree.stringValue())
                          .replaceAll(match -> Matcher.quoteReplacement(referenced(match))))
              : tree;
    };
  }

  private String referenced(MatchResult match) {
    return match.group(2) == null
        ? client
        : Objects.requireNonNull(answers.get(match.group(1)), match.group())
            .path(match.group(2))
            .asString();
  }

  /** Whether all that is expected is there; there may be more members. */
  private static boolean holds(JsonNode actual, JsonNode expected) {
    return switch (expected) {
      case ObjectNode object ->
          object.propertyStream().allMatch(e -> holds(actual.path(e.getKey()), e.getValue()));
      case ArrayNode array -> {
        var all = actual.isArray() && actual.size() == array.size();
        for (var i = 0; all && i < array.size(); i++) {
          all = holds(actual.get(i), array.get(i));
        }
        yield all;
      }
      default ->
          expected.isMissingNode()
              || (expected.isString() && expected.stringValue().equals("*")
                  ? !actual.isMissingNode() && !actual.isNull()
                  : actual.asString("").equals(expected.asString()));
    };
  }
}
