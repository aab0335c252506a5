package io.stepwise.expression.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Moment;
import io.stepwise.expression.TestBindings;
import io.stepwise.jsonata.Pace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Expressions that would take for ever, or all memory, or all of the stack. Each ends with a named
 * error by what was counted, not by a clock: {@code hostile-expressions.txt} says with which.
 */
class HostileExpressionsTest {
  private static final Pattern CODE = Pattern.compile("evaluation\\. ([A-Z]\\d{4}): ");

  /** What one evaluation may take at most, however it ends. */
  private static final long STEPS_MAX = 100_000_000;

  /** A line of the list. */
  record Hostile(String end, String expression) {
    static Hostile of(String line) {
      var tab = line.indexOf('\t');
      return new Hostile(line.substring(0, tab), line.substring(tab + 1));
    }
  }

  static List<Hostile> expressions() throws IOException {
    try (var stream =
        HostileExpressionsTest.class.getResourceAsStream("/hostile-expressions.txt")) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(Hostile::of)
          .toList();
    }
  }

  /** Counts, and is told of every thousandth step. */
  private static final class Counting implements Pace {
    private long steps;

    @Override
    public long stepsAhead() {
      return 1_000;
    }

    @Override
    public void passed(long more) {
      steps += more;
    }
  }

  @Test
  void thereAreMoreThanAHundred() throws IOException {
    assertThat(expressions()).hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void endsWithItsError(Hostile hostile) {
    var pace = new Counting();

    assertThat(end(hostile.expression(), pace)).isEqualTo(hostile.end());
    assertThat(pace.steps).isLessThan(STEPS_MAX);
  }

  private static String end(String expression, Pace pace) {
    var bindings =
        TestBindings.input(nested()).at(new Moment(Instant.parse("2026-01-02T03:04:05Z"), 1, pace));
    try {
      var template = JsonataTemplate.compile(Json.nodes().stringNode("{% " + expression + " %}"));
      return "a value of " + template.evaluate(bindings, "Output").size();
    } catch (InvalidExpressionException _) {
      return "refused";
    } catch (EvaluationException e) {
      assertThat(e.error()).isEqualTo("States.QueryEvaluationError");
      return name(e.cause());
    }
  }

  private static String name(String cause) {
    var code = CODE.matcher(cause);
    if (code.find()) {
      return code.group(1);
    }
    if (cause.contains("Expression evaluation timeout")) {
      return "steps";
    }
    if (cause.contains("memory limit exceeded")) {
      return "memory";
    }
    return cause.contains("Stack overflow error") ? "depth" : cause;
  }

  /** Objects and arrays in each other. */
  private static JsonNode nested() {
    var input = Json.nodes().objectNode();
    var at = input;
    for (var i = 0; i < 40; i++) {
      at.putArray("list").add(i).addObject().put("n", i);
      at = at.putObject("more");
    }
    return input;
  }
}
