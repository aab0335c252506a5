package io.stepwise.expression.jsonpath;

import static io.stepwise.expression.TestBindings.input;
import static io.stepwise.expression.TestBindings.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTest {
  private static final String DOCUMENT =
      "{\"a\":{\"b\":[1,2,3]},\"x.y\":4,\"é\":5,\"s\":\"text\",\"Test\\\\\\\"\\\"Name\\\"\":6,"
          + "\"l\":[{\"p\":1,\"n\":\"one\"},{\"p\":2,\"n\":\"two\"}]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "$.a.b[0] → 1",
        "$.a.b[-1] → 3",
        "$['a'][\"b\"][1] → 2",
        "$.x\\.y → 4",
        "$['x.y'] → 4",
        "$.é → 5",
        "$['Test\\\\\"\"Name\"'] → 6",
        "$.a.b[-2:] → [2,3]",
        "$.a.b[0,2] → [1,3]",
        "$.a.b[*] → [1,2,3]",
        "$..p → [1,2]",
        "$..none → []",
        "$.l[?(@.p > 1)].n → [\"two\"]",
        "$.l[?(@.n =~ /T.*/i)].p → [2]",
        "$.l[?(@.n in ['one'] || !(@.p < 2))].p → [1,2]",
        "$.l[?(@.n size 3 && @.missing empty true)] → []",
        "$.l[?(@.p == $.l[0].p)].n → [\"one\"]",
        "$.a.b.length() → 3",
        "$$.Execution.Name → \"run\"",
        "$v.f[1] → 8",
        "$v → {\"f\":[7,8]}",
      })
  void findsWhatItAddresses(String path, String expected) throws Exception {
    var bindings =
        input(DOCUMENT)
            .context("{\"Execution\":{\"Name\":\"run\"}}")
            .variable("v", "{\"f\":[7,8]}");

    assertThat(Path.compile(path).evaluate(bindings)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "$.x → No results for path: $['x']",
        "$.no.such → Missing property in path $['no']",
        "$.a.no.such → Missing property in path $['a']['no']",
        "$.a.no → No results for path: $['a']['no']",
        "$.a.b[9] → No results for path: $['a']['b'][9]",
        "$nobody.x → The variable 'nobody' is not defined.",
      })
  void failsWhereADefinitePathIsMissing(String text, String reason) throws Exception {
    var path = Path.compile(text);

    assertThat(path.find(input(DOCUMENT))).isNull();
    assertThatThrownBy(() -> path.evaluate(input(DOCUMENT)))
        .isInstanceOfSatisfying(
            EvaluationException.class,
            e -> {
              assertThat(e.error()).isEqualTo("States.Runtime");
              assertThat(e.cause()).isEqualTo("Invalid path '" + text + "' : " + reason);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "$.",
        "$x y",
        "$[",
        "$['a'",
        "$[?(@.a]",
        "$.a b",
        "$..",
        "$[1",
        "$[a]",
        "$.a.length().b",
        "$.f(1)",
        "$[?(@.a =~ /[/)]",
        "$[99999999999]",
        "$1"
      })
  void refusesTextThatIsNoPath(String text) {
    assertThatThrownBy(() -> Path.compile(text))
        .isInstanceOfSatisfying(
            InvalidExpressionException.class,
            e -> assertThat(e.code()).isEqualTo("SCHEMA_VALIDATION_FAILED"));
  }

  @Test
  void knowsWhatKindOfPathItIs() throws Exception {
    assertThat(Path.compile("$.a[0]['b']").isReference()).isTrue();
    assertThat(Path.compile("$.a[*]").isReference()).isFalse();
    assertThat(Path.compile("$.a[0:1]").isDefinite()).isFalse();
    assertThat(Path.compile("$").isIdentity()).isTrue();
    assertThat(Path.compile("$v.x").variables()).containsExactly("v");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "$ → {} → 9",
        "$.a.b → {} → {\"a\":{\"b\":9}}",
        "$.a → {\"a\":1,\"b\":2} → {\"a\":9,\"b\":2}",
        "$.l[1] → {\"l\":[1,2]} → {\"l\":[1,9]}",
        "$.l[0].x → {\"l\":[{}]} → {\"l\":[{\"x\":9}]}",
      })
  void putsIntoACopy(String path, String root, String expected) throws Exception {
    var before = json(root);

    assertThat(Path.compile(path).put(before, json("9"))).hasToString(expected);
    assertThat(before).isEqualTo(json(root));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {"$.a → \"text\"", "$.l[2] → {\"l\":[1]}", "$.a[0] → {}", "$.a.b → {\"a\":1}"})
  void failsWhereItCannotPut(String path, String root) throws Exception {
    var compiled = Path.compile(path);

    assertThatThrownBy(() -> compiled.put(json(root), json("9")))
        .isInstanceOfSatisfying(
            EvaluationException.class,
            e -> assertThat(e.error()).isEqualTo("States.ResultPathMatchFailure"));
  }

  @Test
  void boundsTheWorkOfHostilePaths() throws Exception {
    var text = json("[\"" + "a".repeat(200) + "\"]");
    var regex = Path.compile("$[?(@ =~ /(a|aa)*(b)\\\\2/)]");
    assertThat(regex.isDefinite()).isFalse();
    regex.find(input(text));
    var scan = Path.compile("$" + "..*".repeat(20));
    var deep = input("[".repeat(90) + "]".repeat(90));
    assertThatThrownBy(() -> scan.evaluate(deep)).hasMessageContaining("too much work");

    assertThatThrownBy(() -> Path.compile("$[?(" + "!".repeat(100_000) + "@.a)]"))
        .isInstanceOf(InvalidExpressionException.class);
    assertThatThrownBy(() -> Path.compile("$" + "[?(@".repeat(1000)))
        .isInstanceOf(InvalidExpressionException.class);
    assertThatThrownBy(() -> Path.compile("$" + ".a".repeat(1000)))
        .isInstanceOf(InvalidExpressionException.class);
  }
}
