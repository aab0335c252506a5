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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Random documents and paths against Jayway's json-path as the oracle. */
final class PathPropertyTest {
  private static final String[] NAMES = {"a", "b", "c", "long name", "é"};
  private static final String[] LITERALS = {"1", "2", "2.0", "'x'", "'1'", "true", "null", "\"a\""};
  private static final String[] OPERATORS = {"==", "!=", "<", "<=", ">", ">="};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void agreesWithJayway(long seed) throws InvalidExpressionException {
    var random = new Random(seed);
    for (var i = 0; i < 8000; i++) {
      var document = document(random, 4);
      if (document == null) {
        continue; // Jayway refuses it
      }
      var json = Json.mapper().valueToTree(document);
      var text = "$" + path(random, 1 + random.nextInt(4), true);

      var description = "seed %d, %s on %s".formatted(seed, text, json);
      var path = Path.compile(text);
      String expected;
      try {
        Object value =
            JsonPath.using(Configuration.defaultConfiguration()).parse(document).read(text);
        expected = Json.mapper().<JsonNode>valueToTree(value).toString();
      } catch (JsonPathException e) {
        expected = "missing: " + e.getMessage();
      }
      String actual;
      try {
        actual = path.evaluate(TestBindings.input(json)).toString();
      } catch (EvaluationException e) {
        var cause = e.cause();
        actual = "missing: " + cause.substring(cause.indexOf(" : ") + 3);
      }
      if (expected.startsWith("missing") && !path.isDefinite()) {
        expected = "[]"; // AWS, unlike Jayway, has no failure of a path that may match nothing
      }
      if (expected.startsWith("missing: Expected to find")) {
        // Class names depend on the JSON provider.
        expected = expected.substring(0, expected.indexOf("but found"));
        actual = actual.substring(0, Math.max(0, actual.indexOf("but found")));
      }
      if (expected.startsWith("missing: Filter: ")) {
        expected = expected.substring(0, expected.indexOf("Current"));
        actual = actual.substring(0, Math.max(0, actual.indexOf("Current")));
      }
      assertThat(actual).as(description).isEqualTo(expected);
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
    return switch (random.nextInt(depth == 0 ? 4 : 8)) {
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
