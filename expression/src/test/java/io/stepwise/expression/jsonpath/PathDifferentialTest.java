package io.stepwise.expression.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.Json;
import io.stepwise.expression.TestBindings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Documents and paths from a seed, here and in Jayway's json-path, whose dialect is AWS's: the same
 * value, or the same text of an error. What is wanted otherwise stands in {@link #WANTED}.
 *
 * <p>{@code -Dstepwise.differential=N} goes on for N seconds with fresh paths, {@code
 * -Dstepwise.seed=N} says from which seed.
 */
final class PathDifferentialTest {
  private static final String[] NAMES = {"a", "b", "c", "long name", "é"};
  private static final String[] LITERALS = {"1", "2", "2.0", "'x'", "'1'", "true", "null", "\"a\""};
  private static final String[] OPERATORS = {"==", "!=", "<", "<=", ">", ">="};
  private static final String MISSING = "missing: ";

  /** What both make of a path: the printed value, or what is missing. */
  private record Case(String path, boolean definite, String ours, String jayways) {
    Case with(UnaryOperator<String> change) {
      return new Case(path, definite, change.apply(ours), change.apply(jayways));
    }
  }

  /** A difference that is to be: both sides as if there were none. */
  private record Wanted(String why, UnaryOperator<Case> leftOut) {}

  private static final List<Wanted> WANTED =
      List.of(
          new Wanted(
              "a path that may match several things and matches none is an empty array: AWS has no"
                  + " failure of it",
              found ->
                  found.jayways.startsWith(MISSING) && !found.definite
                      ? new Case(found.path, false, found.ours, "[]")
                      : found),
          new Wanted(
              "what was found in place of a container is named by its JSON type: Jayway names classes"
                  + " of its provider",
              found -> found.with(text -> upTo(text, MISSING + "Expected to find", "but found"))),
          new Wanted(
              "the same, where a filter is applied to what is no container",
              found -> found.with(text -> upTo(text, MISSING + "Filter: ", "Current"))));

  private static String upTo(String text, String beginning, String end) {
    return text.startsWith(beginning)
        ? text.substring(0, Math.max(beginning.length(), text.indexOf(end)))
        : text;
  }

  /** So that a build fails by its own changes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void agreesWithJaywayOnThePathsOfAFixedSeed(long seed) throws InvalidExpressionException {
    var random = new Random(seed);
    for (var i = 0; i < 8_000; i++) {
      compare(random, seed);
    }
  }

  /** So that something is found. */
  @Test
  @EnabledIfSystemProperty(named = "stepwise.differential", matches = "\\d+")
  void agreesWithJaywayOnFreshPaths() throws InvalidExpressionException {
    var seed = Long.getLong("stepwise.seed", System.nanoTime());
    var random = new Random(seed);
    var end = System.nanoTime() + Long.getLong("stepwise.differential", 20) * 1_000_000_000L;
    var count = 0;
    for (; System.nanoTime() < end; count++) {
      compare(random, seed);
    }
    System.out.printf("JSONPath, seed %d: %d paths%n", seed, count);
  }

  private static void compare(Random random, long seed) throws InvalidExpressionException {
    var document = document(random, 4);
    if (document == null) {
      return; // Jayway refuses it
    }
    var json = Json.mapper().valueToTree(document);
    var text = "$" + path(random, 1 + random.nextInt(4), true);
    var path = Path.compile(text);
    var found = new Case(text, path.isDefinite(), ours(path, json), jayways(text, document));
    for (var wanted : WANTED) {
      found = wanted.leftOut.apply(found);
    }
    assertThat(found.ours)
        .as("seed %d, %s on %s".formatted(seed, text, json))
        .isEqualTo(found.jayways);
  }

  private static String ours(Path path, JsonNode json) {
    try {
      return path.evaluate(TestBindings.input(json)).toString();
    } catch (EvaluationException e) {
      return MISSING + e.cause().substring(e.cause().indexOf(" : ") + 3);
    }
  }

  private static String jayways(String text, Object document) {
    try {
      Object value =
          JsonPath.using(Configuration.defaultConfiguration()).parse(document).read(text);
      return Json.mapper().<JsonNode>valueToTree(value).toString();
    } catch (JsonPathException e) {
      return MISSING + e.getMessage();
    }
  }

  private static @Nullable Object document(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 10)) {
      case 0 -> random.nextInt(3);
      case 1 -> random.nextInt(4) / 2.0;
      case 2 -> random.nextBoolean() ? "x" : "1";
      case 3 -> random.nextBoolean();
      case 4 -> null;
      case 5, 6 -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (var i = random.nextInt(4); i > 0; i--) {
          list.add(document(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (var i = random.nextInt(4); i > 0; i--) {
          map.put(NAMES[random.nextInt(NAMES.length)], document(random, depth - 1));
        }
        yield map;
      }
    };
  }

  /**
   * No array step stands between a deep scan and further steps: there Jayway applies the further
   * steps to every element, whatever the array step says, and we don't.
   */
  private static String path(Random random, int steps, boolean filters) {
    var path = new StringBuilder();
    for (var i = 0; i < steps; i++) {
      var deep = filters && random.nextInt(8) == 0;
      path.append(deep ? ".." : "");
      path.append(
          switch (deep && i < steps - 1 ? random.nextInt(5) : random.nextInt(filters ? 12 : 8)) {
            case 0, 1, 2 -> (deep ? "" : ".") + NAMES[random.nextInt(3)];
            case 3, 4 -> "['" + NAMES[random.nextInt(NAMES.length)] + "']";
            case 5, 6 -> "[" + (random.nextInt(4) - 1) + "]";
            case 7 -> filters ? "[*]" : ".a";
            case 8 -> "[" + random.nextInt(3) + "," + random.nextInt(3) + "]";
            case 9 -> "[" + slice(random) + "]";
            case 10 -> "['" + NAMES[random.nextInt(3)] + "','" + NAMES[random.nextInt(3)] + "']";
            default -> "[?(" + condition(random, 2) + ")]";
          });
    }
    return path.toString();
  }

  private static String slice(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(3) + ":";
      case 1 -> ":" + (random.nextInt(5) - 2);
      case 2 -> (random.nextInt(5) - 3) + ":";
      default -> random.nextInt(2) + ":" + random.nextInt(4);
    };
  }

  private static String condition(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 10)) {
      case 8, 9 -> "@%s nin [1, 'x']".formatted(path(random, 1, false));
      case 0 -> "@" + path(random, 1, false);
      case 1 -> "@" + path(random, 1, false) + " in [1, 'x', true]";
      case 2, 3, 4 ->
          "@%s %s %s"
              .formatted(
                  path(random, random.nextInt(2), false),
                  OPERATORS[random.nextInt(OPERATORS.length)],
                  LITERALS[random.nextInt(LITERALS.length)]);
      case 5 -> condition(random, depth - 1) + " && " + condition(random, depth - 1);
      case 6 -> condition(random, depth - 1) + " || " + condition(random, depth - 1);
      default -> "!(" + condition(random, depth - 1) + ")";
    };
  }
}
