package io.stepwise.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

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
}
