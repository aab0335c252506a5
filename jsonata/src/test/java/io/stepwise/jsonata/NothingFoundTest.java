package io.stepwise.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.DoubleNode;

/** A path that finds nothing binds nothing, and what is grouped by it is empty. */
class NothingFoundTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "missing@$b.(1){'t': $b}",
        "missing.loans@$l.books@$b{'title': $b.title, 'customer': $l.customer}",
        "missing.loans@$l.books@$b[$l.isbn = $b.isbn][1][]([1, 2]){'title': $b.title}",
        "missing#$i.found{'at': $i}"
      })
  void isGroupedIntoAnEmptyObject(String expression) {
    var input = JsonMapper.shared().readTree("{\"library\": {}}");

    var value =
        Jsonata.compile(expression)
            .evaluate(input, Variables.NONE, Budget.GENEROUS, new TestMoment());

    assertThat(value).hasToString("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[].missing#$i.found     | []",
        "[].missing@$v           | []",
        "[].missing#$i.found[]   | [[]]",
      })
  void anEmptyArrayAtTheBeginningOfAPathIsWhatThereIs(String expression, String value) {
    assertThat(evaluate(expression)).hasToString(value);
  }

  @Test
  void anArrayAtTheBeginningOfAPathIsMadeForASequence() {
    assertThat(evaluate("[$substringAfter('x')]")).hasToString("[]");
    assertThatThrownBy(() -> evaluate("[$substringAfter('x')].found"))
        .isInstanceOfSatisfying(
            JsonataException.class, e -> assertThat(e.code()).isEqualTo("T0411"));
  }

  @Test
  void numbersInLettersAreSumsOfPowers() {
    assertThat(evaluate("$parseInteger('abcdefghijklmnop', 'a')"))
        .isEqualTo(DoubleNode.valueOf(1.8141237046162413E21));
  }

  private static @Nullable JsonNode evaluate(String expression) {
    return Jsonata.compile(expression)
        .evaluate(null, Variables.NONE, Budget.GENEROUS, new TestMoment());
  }
}
