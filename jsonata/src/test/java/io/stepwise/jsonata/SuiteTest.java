package io.stepwise.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.jsonata.value.FunctionValue;
import io.stepwise.jsonata.value.Text;
import io.stepwise.jsonata.value.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The test suite of JSONata 2.0.6: every value, every error's code, text, position and token. */
final class SuiteTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Budget BUDGET = new Budget(20_000_000, 300, 1L << 28, 1L << 30);

  /** What AWS has otherwise, and so have we. Each with its reason. */
  private static final Map<String, String> WANTED =
      Map.of("$eval", "AWS takes the function away: to call it is to call no function");

  /** Cases that end here though they don't in the reference implementation. */
  private static final Set<String> ENDING =
      Set.of(
          "flattening#56",
          "flattening#57",
          "range-operator#22",
          "range-operator#25",
          "tail-recursion#8",
          "tail-recursion#9",
          "tail-recursion#10");

  static JsonNode read(String name) throws IOException {
    try (var stream = SuiteTest.class.getResourceAsStream("/suite/" + name)) {
      return MAPPER.readTree(Objects.requireNonNull(stream));
    }
  }

  @Test
  void agreesWithTheReferenceOnEveryCase() throws IOException {
    var datasets = read("datasets.json");
    var differences = new ArrayList<String>();
    var cases = read("suite.json");
    for (var test : cases) {
      var difference = play(test, datasets);
      if (difference != null) {
        differences.add(
            test.get("id").stringValue() + ": " + test.get("expr") + "\n  " + difference);
      }
    }
    assertThat(cases.size()).isEqualTo(1625);
    assertThat(differences).isEmpty();
  }

  private static @Nullable String play(JsonNode test, JsonNode datasets) {
    var dataset = test.get("dataset");
    var data = dataset == null ? test.get("data") : datasets.get(dataset.stringValue());
    var bindings = test.get("bindings");
    var expression = test.get("expr").stringValue();
    var reference = test.path("reference");
    try {
      var value =
          Jsonata.compile(expression)
              .evaluate(
                  data,
                  name -> bindings == null ? null : bindings.get(name),
                  BUDGET,
                  new TestMoment());
      if (test.has("runaway")) {
        return ENDING.contains(test.get("id").stringValue()) ? null : "ended";
      }
      return test.has("varies") || isExpected(value, reference)
          ? null
          : "gave %s, not %s".formatted(Text.quote(value), reference);
    } catch (BudgetExceededException e) {
      return test.has("runaway") ? null : "was " + e.getMessage();
    } catch (JsonataException e) {
      if (WANTED.keySet().stream().anyMatch(expression::contains)) {
        return e.code().equals("T1006") ? null : "failed with " + e.code();
      }
      var failed = describe(e);
      return test.has("runaway") || failed.equals(describe(reference))
          ? null
          : "failed with %s, not %s".formatted(failed, describe(reference));
    }
  }

  private static List<String> describe(JsonataException e) {
    return List.of(
        e.code(),
        String.valueOf(e.getMessage()),
        Integer.toString(e.position()),
        String.valueOf(e.token()));
  }

  private static List<String> describe(JsonNode reference) {
    return List.of(
        reference.path("code").asString("none"),
        reference.path("message").asString("none"),
        reference.path("position").asString("0"),
        reference.path("token").asString("null"));
  }

  private static boolean isExpected(@Nullable JsonNode value, JsonNode reference) {
    if (value == null || reference.has("undefined")) {
      return value == null && reference.has("undefined");
    }
    return reference.has("function")
        ? value instanceof FunctionValue
        : reference.has("value") && isSame(value, reference.get("value"));
  }

  /** Whether two values are the same as JSON: 1 is 1.0. */
  static boolean isSame(JsonNode one, JsonNode other) {
    if (Values.isNumber(one) && Values.isNumber(other)) {
      return Values.toDouble(one) == Values.toDouble(other);
    }
    if (one.isArray() && other.isArray() && one.size() == other.size()) {
      for (var i = 0; i < one.size(); i++) {
        if (!isSame(one.get(i), other.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (one.isObject() && other.isObject() && one.size() == other.size()) {
      return one.properties().stream()
          .allMatch(
              member ->
                  other.has(member.getKey())
                      && isSame(member.getValue(), other.get(member.getKey())));
    }
    return one.equals(other);
  }
}
