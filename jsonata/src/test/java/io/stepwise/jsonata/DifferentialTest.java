package io.stepwise.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stepwise.jsonata.value.FunctionValue;
import io.stepwise.jsonata.value.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Expressions from a seed, here and in the reference implementation: the same value, or the same
 * code and text of an error. What is wanted otherwise is changed in the reference before it is
 * asked: {@code reference.js} lists each change with its reason.
 *
 * <p>{@code -Dstepwise.differential=N} goes on for N seconds with fresh expressions (20), {@code
 * -Dstepwise.seed=N} says from which seed.
 */
final class DifferentialTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Budget BUDGET = new Budget(5_000_000, 250, 1L << 24, 1L << 28);
  private static final int BATCH = 20;
  private static final int SHOWN_MAX = 100;

  /** What isn't compared: functions that draw on time or chance, that AWS takes away or adds. */
  private static final Pattern OTHERS =
      Pattern.compile(
          "(?s).*\\$(eval|random|shuffle|power|base64decode|partition|range|hash|uuid"
              + "|parse)\\b.*"
              // Members named like numbers, which JavaScript sorts to the front.
              + "|(?s).*(\\$string\\(ProductID\\)|['\"]\\d+['\"]\\s*:).*");

  /** A signature that means something; what comes of others is chance. */
  private static final Pattern SIGNATURE =
      Pattern.compile("<(([snblojxaf]|\\([snblojxaf]+\\)|[af]<[a-z:]*>)[-+?]?)*:?[a-z]?>");

  private static final Pattern SIGNATURES =
      Pattern.compile("(?:function|λ)\\s*\\([^()]*\\)\\s*(<[^{]*)\\{");

  private static final Pattern FAULT =
      Pattern.compile(
          "Cannot read properties of undefined \\(reading '.*'\\)|Cannot set properties of undefined .*|.* is not a function"
              + "|the input was changed|Invalid array length"
              + "|Maximum call stack size exceeded|Invalid code point .*"
              // What it makes of a signature that means nothing.
              + "|Invalid regular expression: /\\^\\(.*");

  private record Case(String expression, String dataset) {}

  /** So that a build fails by its own changes. */
  @ParameterizedTest
  @EnumSource
  void agreesWithTheReferenceOnTheExpressionsOfAFixedSeed(Kind kind) throws Exception {
    var left = new int[] {6_000};
    compare(kind, 3, () -> (left[0] -= BATCH) >= 0);
  }

  /** So that something is found: on demand, with the seconds it may take as the property. */
  @ParameterizedTest
  @EnumSource
  @EnabledIfSystemProperty(named = "stepwise.differential", matches = "\\d+")
  void agreesWithTheReferenceOnFreshExpressions(Kind kind) throws Exception {
    var seed = Long.getLong("stepwise.seed", System.nanoTime());
    var nanos = Long.getLong("stepwise.differential", 20) * 1_000_000_000L / Kind.values().length;
    var end = System.nanoTime() + nanos;
    compare(kind, seed, () -> System.nanoTime() < end);
  }

  /** Where expressions come from. */
  private enum Kind {
    /** From a grammar. */
    GENERATED {
      @Override
      Map<String, String> datasets() {
        return Map.of("", Generator.data());
      }

      @Override
      Supplier<Case> cases(long seed) {
        var generator = new Generator(seed);
        return () -> new Case(generator.expression(), "");
      }
    },
    /** Those of the official suite, changed. */
    MUTATED {
      @Override
      Map<String, String> datasets() throws IOException {
        var datasets = new LinkedHashMap<String, String>();
        for (var dataset : SuiteTest.read("datasets.json").properties()) {
          datasets.put(dataset.getKey(), dataset.getValue().toString());
        }
        for (var test : SuiteTest.read("suite.json")) {
          datasets.putIfAbsent(dataset(test), String.valueOf(test.get("data")));
        }
        return datasets;
      }

      @Override
      Supplier<Case> cases(long seed) throws IOException {
        var expressions = new ArrayList<String>();
        var datasets = new ArrayList<String>();
        for (var test : SuiteTest.read("suite.json")) {
          if (!test.has("runaway") && !test.has("bindings")) {
            expressions.add(test.get("expr").stringValue());
            datasets.add(dataset(test));
          }
        }
        var mutator = new Mutator(expressions, seed);
        return () -> {
          while (true) {
            var next = mutator.next();
            var expression = mutator.mutate(next);
            if (!OTHERS.matcher(expression).matches() && hasSignatures(expression)) {
              return new Case(expression, datasets.get(next));
            }
          }
        };
      }

      private static String dataset(JsonNode test) {
        return test.has("dataset")
            ? test.get("dataset").stringValue()
            : test.path("data").toString();
      }
    };

    abstract Map<String, String> datasets() throws IOException;

    abstract Supplier<Case> cases(long seed) throws IOException;
  }

  private static boolean hasSignatures(String expression) {
    return SIGNATURES
        .matcher(expression)
        .results()
        .allMatch(found -> SIGNATURE.matcher(found.group(1).strip()).matches());
  }

  private static void compare(Kind kind, long seed, BooleanSupplier more) throws Exception {
    var datasets = kind.datasets();
    var started = Reference.start(datasets);
    assumeTrue(started.isPresent(), "needs Node and npm's jsonata");
    var inputs = new LinkedHashMap<String, JsonNode>();
    datasets.forEach((name, text) -> inputs.put(name, MAPPER.readTree(text)));
    var cases = kind.cases(seed);
    var differences = new ArrayList<String>();
    var count = new int[2];
    try (var reference = started.get()) {
      while (differences.size() < SHOWN_MAX && more.getAsBoolean()) {
        var some = Stream.generate(cases).limit(BATCH).toList();
        compare(some, reference, inputs, differences, count);
      }
    }
    System.out.printf(
        "JSONata %s, seed %d: %d expressions, %d beyond a budget, %d differences%n",
        kind, seed, count[0], count[1], differences.size());
    assertThat(differences).as("%s, seed %d", kind, seed).isEmpty();
  }

  private static void compare(
      List<Case> cases,
      Reference reference,
      Map<String, JsonNode> inputs,
      List<String> differences,
      int[] count)
      throws IOException {
    for (var each : cases) {
      reference.ask(each.expression, each.dataset);
    }
    for (var each : cases) {
      var wanted = reference.answer();
      count[0]++;
      var got = answer(each.expression, Objects.requireNonNull(inputs.get(each.dataset)));
      if (got.has("budget") || wanted.has("budget")) {
        count[1]++;
      } else if (!isSame(got, wanted) && !isFault(wanted)) {
        differences.add(each.expression + "\n  gave " + got + "\n  not  " + wanted);
      }
    }
  }

  /**
   * Whether the reference implementation fails on its own account: with an error of JavaScript's,
   * for which it has no code. Ours has a value or a code there.
   */
  private static boolean isFault(JsonNode wanted) {
    return !wanted.has("c") && FAULT.matcher(wanted.path("m").asString("")).matches();
  }

  /** What ours makes of it, in the form the reference answers in. */
  private static JsonNode answer(String expression, JsonNode input) {
    var answer = MAPPER.createObjectNode();
    try {
      var value =
          Jsonata.compile(expression)
              .evaluate(input.isNull() ? null : input, Variables.NONE, BUDGET, new TestMoment());
      if (value == null) {
        return answer.put("u", true);
      }
      return holdsFunction(value)
          ? answer.put("f", true)
          : answer.set("v", MAPPER.readTree(Text.quote(value)));
    } catch (JsonataException e) {
      if (e.code().equals("S0500")) {
        return answer.put("budget", e.getMessage());
      }
      if (e.code().equals("S0303")) {
        return answer.put("m", e.getMessage()); // an error of JavaScript's, which has no code
      }
      return answer.put("c", e.code()).put("m", Objects.requireNonNull(e.getMessage()));
    } catch (BudgetExceededException e) {
      return answer.put("budget", e.toString());
    } catch (RuntimeException e) {
      return answer.put("m", e.toString());
    }
  }

  private static boolean isSame(JsonNode got, JsonNode wanted) {
    return got.has("v") && wanted.has("v")
        ? SuiteTest.isSame(got.get("v"), wanted.get("v"))
        : got.equals(wanted);
  }

  private static boolean holdsFunction(JsonNode value) {
    if (value instanceof FunctionValue) {
      return true;
    }
    for (var inner : value) {
      if (holdsFunction(inner)) {
        return true;
      }
    }
    return false;
  }
}
