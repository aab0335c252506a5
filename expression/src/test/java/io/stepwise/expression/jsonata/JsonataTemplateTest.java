package io.stepwise.expression.jsonata;

import static io.stepwise.expression.TestBindings.input;
import static io.stepwise.expression.TestBindings.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Problem;
import io.stepwise.expression.TestBindings;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonataTemplateTest {
  private static String evaluate(String expression, TestBindings bindings)
      throws InvalidExpressionException, EvaluationException {
    return template(expression).evaluate(bindings, "Output").toString();
  }

  private static JsonataTemplate template(String expression) throws InvalidExpressionException {
    return JsonataTemplate.compile(Json.nodes().stringNode("{% " + expression + " %}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "1.0 → 1",
        "2.5 * 2 → 5",
        "0.1 + 0.2 → 0.30000000000000004",
        "9007199254740991 → 9007199254740991",
        "null → null",
        "[1,null] → [1,null]",
        "{'a': $missing, 'b': 1} → {\"b\":1}",
        "$states.input.items[price > 5] → {\"n\":\"b\",\"price\":7}",
        "$states.input.items[price > 5][] → [{\"n\":\"b\",\"price\":7}]",
        "$states.input.items.n → [\"a\",\"b\"]",
        "$states.input.items → [{\"n\":\"a\",\"price\":1},{\"n\":\"b\",\"price\":7}]",
        "$sort($states.input.items, function($l,$r){$l.price < $r.price}).n → [\"b\",\"a\"]",
        "$states.input.items^(>price).n → [\"b\",\"a\"]",
        "$append($states.input.items.n, 'c') → [\"a\",\"b\",\"c\"]",
        "$reverse($states.input.items).n → [\"b\",\"a\"]",
        "$zip($states.input.items.n, [1,2]) → [[\"a\",1],[\"b\",2]]",
        "$merge([$states.input.one, {'z': 2}]) → {\"x\":1.5,\"z\":2}",
        "$keys($states.input.one) → x",
        "$spread($states.input.one) → {\"x\":1.5}",
        "$each($states.input.one, function($v,$k){$k & $v}) → x1.5",
        "$states.input.one ~> |$|{'y':2}| → {\"x\":1.5,\"y\":2}",
        "$string($states.input.one) → {\"x\":1.5}",
        "$distinct([1,1,2]) → [1,2]",
        "$sum($states.input.items.price) → 8",
        "$states.input.items{n: price} → {\"a\":1,\"b\":7}",
        "$sift($states.input.one, function($v){$v > 9}) → undefined",
        "$type($states.input.nothing) → null",
        "$exists($states.input.nothing) → true",
        "$states.context.Execution.Name → run",
        "$partition([1,2,3], 2.9) → [[1,2],[3]]",
        "$partition([0], 3) → [[0]]",
        "$range(0,6,2) → [0,2,4,6]",
        "$range(1,9,9) → 1",
        "$random(42) → 0.7275636800328681",
        "$hash('input data', 'MD5') → 812f45842bc6d66ee14572ce20db8e86",
        "$parse('{\"a\":[1,2.0]}') → {\"a\":[1,2]}",
        "$now() → 2026-01-02T03:04:05.678Z",
        "$millis() → 1767323045678",
        "$contains('abc', /B/i) → true",
        "$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1') → Smith, John",
        "$replace('aaa', 'a', 'b', 2) → bba",
        "$replace('abc', /b/, function($m){ $uppercase($m.match) }) → aBc",
        "$split('a, b,c', /,\\s*/) → [\"a\",\"b\",\"c\"]",
        "$match('ababbabbcc', /a(b+)/)[1].groups[0] → bb",
        "$pad('x', -4, '#') → ###x",
        "$join(['a','b'], '-') → a-b",
        "($f := function($n){ $n < 2 ? 1 : $n * $f($n - 1) }; $f(5)) → 120",
        "$states.input.one.x in [1.5] → true",
        "$length('a/*b') → 4",
      })
  void evaluates(String expression, String expected) throws Exception {
    var bindings =
        input(
                "{\"items\":[{\"n\":\"a\",\"price\":1},{\"n\":\"b\",\"price\":7}],"
                    + "\"one\":{\"x\":1.5},\"nothing\":null}")
            .context("{\"Execution\":{\"Name\":\"run\"}}");

    String actual;
    try {
      var value = template(expression).evaluate(bindings, "Output");
      actual = value.isString() ? value.stringValue() : value.toString();
    } catch (EvaluationException e) {
      actual = e.cause().endsWith("returned nothing (undefined).") ? "undefined" : e.cause();
    }

    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "$doesNotExist → returned nothing (undefined).",
        "$fn := function($x){$x} → returned an unsupported result type.",
        "[function($x){$x}] → returned an unsupported result type.",
        "$eval('1') → threw an error during evaluation. T1006: Attempted to invoke a non-function",
        "$uuid2() → threw an error during evaluation. T1006: Attempted to invoke a non-function",
        "1 + 'a' → threw an error during evaluation. T2002: The right side of the \"+\" operator must evaluate to a number",
        "$number('abc') → threw an error during evaluation. D3030: Unable to cast value to a number: \"abc\"",
        "$error('no') → threw an error during evaluation. D3137: no",
        "$uppercase(1) → threw an error during evaluation. T0410: Argument 1 of function \"uppercase\" does not match function signature",
        "'a' ~> |$|{'b':1}| → threw an error during evaluation. T0410: Argument 1 of function undefined does not match function signature",
        "[1..873783] → threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage",
        "$pad('x', 100000000) → threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage",
        "$pad('x', 1e308) → threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage",
        "$pad('x', -1e308) → threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage",
        "$pad('x', 8388608) → threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage",
      })
  void failsInTheWordsOfAws(String expression, String tail) throws Exception {
    var template = template(expression);

    assertThatThrownBy(() -> template.evaluate(input("{}"), "Assign/x"))
        .isInstanceOfSatisfying(
            EvaluationException.class,
            e -> {
              assertThat(e.error()).isEqualTo("States.QueryEvaluationError");
              assertThat(e.cause())
                  .isEqualTo(
                      "The JSONata expression '%s' specified for the field 'Assign/x' %s"
                          .formatted(expression, tail));
              assertThat(e.location()).isEqualTo("Assign/x");
            });
  }

  @Test
  void passesWhatJustFitsIntoMemory() throws Exception {
    assertThat(evaluate("$count([1..873782])", input("{}"))).isEqualTo("873782");
    assertThat(evaluate("$length($pad('x', 4194304))", input("{}"))).isEqualTo("4194304");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "($f := function($n){ 1 + $f($n) }; $f(1)) → Stack overflow error: Check for non-terminating recursive function.",
        "($f := function($n){ $f($n) }; $f(1)) → timeout",
        "$reduce([1..60], function($a, $i){ {'x': $a, 'y': $a} }, {}) → memory limit",
        "$reduce([1..60], function($a, $i){ $a & $a }, 'x') → memory limit",
        "$reduce([1..60], function($a, $i){ $append($a, $a) }, [1,2]) → memory limit",
        "$join($map([1..100000], function($i){'x'}), $pad('x', 4000000)) → memory limit",
        "$replace($pad('x', 1000000, 'x'), 'x', $pad('x', 1000000)) → memory limit",
        "$contains($pad('x', 100, 'x'), /(x+x+)+y\\1/) → timeout",
        "$match($pad('x', 100, 'x'), /(x|xx)*y\\1/) → timeout",
        "$range(0, 1e15, 1) → memory limit",
      })
  void stopsHostileExpressions(String expression, String reason) throws Exception {
    var template = template(expression);

    assertThatThrownBy(() -> template.evaluate(input("{}"), "Output"))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void failsOnASumOfTwoHundredTerms() throws Exception {
    var terms = "1" + " + 1".repeat(199);

    assertThatThrownBy(() -> evaluate(terms, input("{}")))
        .hasMessageContaining("threw an error during evaluation: Stack overflow error");
    assertThat(evaluate("1" + " + 1".repeat(99), input("{}"))).isEqualTo("100");
  }

  @Test
  void refusesExpressionsNestedBeyondTheStack() {
    assertThatThrownBy(() -> template("(".repeat(30_000)))
        .isInstanceOf(InvalidExpressionException.class);
  }

  @Test
  void reportsAnInternalErrorWithAUuid() throws Exception {
    var template = template("$base64decode('!!!')");

    assertThatThrownBy(() -> template.evaluate(input("{}"), "Output"))
        .hasMessageMatching(".* threw an internal error during evaluation\\. [0-9a-f-]{36}");
  }

  @Test
  void evaluatesStringsInMarksAtAnyDepthAndNothingElse() throws Exception {
    var template =
        JsonataTemplate.compile(
            json(
                """
                {"b": {"c": "{% $x %}"}, "a": ["{% $states.result %}", " {% 1 %} ", 1.0]}"""));

    var value = template.evaluate(input("{}").variable("x", "[1]").result("{}"), "Output");

    assertThat(value).hasToString("{\"b\":{\"c\":[1]},\"a\":[{},\" {% 1 %} \",1.0]}");
    assertThat(template.variables()).containsExactly("x");
    assertThat(template.usesResult()).isTrue();
    assertThat(template.usesErrorOutput()).isFalse();
  }

  @Test
  void namesTheFieldOfAFailedElement() throws Exception {
    var template = JsonataTemplate.compile(json("{\"values\": [\"{% $no %}\"]}"));

    assertThatThrownBy(() -> template.evaluate(input("{}"), "Output"))
        .hasMessage(
            "The JSONata expression '$no' specified for the field 'Output/values[0]' returned"
                + " nothing (undefined).");
  }

  @Test
  void handsConstantsOutAsTheyAre() throws Exception {
    var constant = json("{\"a\": [1]}");
    var template = JsonataTemplate.compile(constant);

    assertThat(template.evaluate(input("{}"), "Output")).isSameAs(constant);
    assertThat(template.isConstant()).isTrue();
    assertThat(template.isExpression()).isFalse();
    assertThat(template("  $x").expressionText()).isEqualTo("$x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "phone → UNSUPPORTED_JSONATA_EXPRESSION → Reference to 'phone' at the top level is not supported.",
        "{'a': $states.input.x[y=1], 'b': phone.z} → UNSUPPORTED_JSONATA_EXPRESSION → Reference to 'phone' at the top level is not supported.",
        "$$.x → UNSUPPORTED_JSONATA_EXPRESSION → Reference to '$$' at the top level is not supported.",
        "$states := 1 → UNSUPPORTED_JSONATA_EXPRESSION → Assigning to 'states' is not supported.",
        "[1,2 → INVALID_JSONATA_EXPRESSION → Expected \"]\" before end of expression",
        "$x + → INVALID_JSONATA_EXPRESSION → Unexpected end of expression",
        "'abc → INVALID_JSONATA_EXPRESSION → String literal must be terminated by a matching quote",
        "/abc → INVALID_JSONATA_EXPRESSION → No terminating / in regular expression",
        "$states.result → UNSUPPORTED_JSONATA_EXPRESSION → Reference to '$states.result' is not supported in this field.",
      })
  void reportsProblems(String expression, String code, String message) {
    var template = json("{\"v\": [\"{% " + expression.replace("\"", "\\\"") + " %}\"]}");

    assertThat(JsonataTemplate.problems(template, "/States/E/Output", false, true))
        .containsExactly(new Problem("/States/E/Output/v[0]", code, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "$a + $b.c[$d = e] → a b d",
        "($x := $y; $x) → y",
        "function($p){ $p & $q }($r) → q r",
        "$map($list, function($v, $i) { $v * $factor }) → factor list",
        "$states.input.a@$l.b#$i[$l = $o] → o",
        "$count([1..$n]) → n",
        "$a ~> $uppercase → a",
        "$a ? $b : $c → a b c",
        "/* $no */ '$no' & $yes.`$no` → yes",
        "$states.input ~> |$|{'k': $v}, ['x']| → v",
        "$x / $y / 2 → x y",
        "$f(?, $g) → f g",
      })
  void knowsItsVariables(String expression, String names) throws Exception {
    assertThat(template(expression).variables()).containsExactlyInAnyOrder(names.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "$states.input.(a ? $b) → b",
        "function($x)<n-n:n>{ $x }($y) → y",
        "$f ~> $g ~> $h(1) → f g h",
        "$a.*.**.b[%.c = $d] → a d",
        "$a[-1].`b c`.\"d e\" → a",
        "{ 'k': $a }.k ~> λ($v){ $v + $w } → a w",
        "$a.b^(<c, >$d).e → a d",
        "[$a..$b, $c] → a b c",
        "($a; $b;) → a b",
        "$not($a and $b or $c in [$d]) → a b c d",
      })
  void readsTheWholeGrammar(String expression, String names) throws Exception {
    assertThat(template(expression).variables()).containsExactlyInAnyOrder(names.split(" "));
  }

  @Test
  void isSafeToShareByThreads() throws Exception {
    var template =
        template(
            "$map([1..20], function($i){ $states.input.n * $i + $count($match('aXbX', /x/i)) })");
    try (var threads = Executors.newFixedThreadPool(8)) {
      var runs =
          IntStream.range(0, 400)
              .mapToObj(
                  n ->
                      threads.submit(
                          () -> template.evaluate(input("{\"n\":" + n + "}"), "Output").get(9)))
              .toList();
      for (var n = 0; n < runs.size(); n++) {
        assertThat(runs.get(n).get().intValue()).isEqualTo(n * 10 + 2);
      }
    }
  }

  @Test
  void readsTheErrorOutputOfACatcher() throws Exception {
    var bindings = input("{}").errorOutput("{\"Error\":\"E\",\"Cause\":\"C\"}");

    assertThat(evaluate("$states.errorOutput.Error", bindings)).isEqualTo("\"E\"");
  }
}
