package io.stepwise.expression.jsonpath;

import static io.stepwise.expression.TestBindings.input;
import static io.stepwise.expression.TestBindings.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Problem;
import org.junit.jupiter.api.Test;

final class PayloadTemplateTest {
  @Test
  void evaluatesKeysWithTheSuffixAtAnyDepth() throws Exception {
    var template =
        PayloadTemplate.compile(
            json(
                """
                {"p": "$.x", "c": [{"d.$": "$.x"}, {"e": 1.0}], "f.$": "States.Array($v)",
                 "g.$": "$.l[7]", "h.$": "$..none", "i.$": "$$.c"}"""));

    var value =
        template.evaluate(input("{\"x\":1,\"l\":[]}").context("{\"c\":2}").variable("v", "3"));

    assertThat(value)
        .hasToString(
            "{\"p\":\"$.x\",\"c\":[{\"d\":1},{\"e\":1.0}],\"f\":[3],\"g\":null,\"h\":[],\"i\":2}");
    assertThat(template.variables()).containsExactly("v");
  }

  @Test
  void sharesConstantParts() throws Exception {
    var json = json("{\"a\": {\"b\": [1]}, \"c.$\": \"$\"}");

    var value = PayloadTemplate.compile(json).evaluate(input("{}"));

    assertThat(value.get("a")).isSameAs(json.get("a"));
  }

  @Test
  void namesTheFieldOfAMissingPath() throws Exception {
    var template = PayloadTemplate.compile(json("{\"a\": {\"value.$\": \"$.no\"}}"));

    assertThatThrownBy(() -> template.evaluate(input("{\"int-literal\": 0}")))
        .isInstanceOf(EvaluationException.class)
        .hasMessage(
            "The JSONPath '$.no' specified for the field 'value.$' could not be found in the input"
                + " '{\"int-literal\":0}'");
  }

  @Test
  void reportsEveryProblemAtTheObjectThatHoldsIt() {
    var template =
        json(
            """
            {"a.$": 1, "x": [{"y.$": "no path"}, {"b": 1, "b.$": "$"}], "parsed.$":
             "States.Format('\\\\\\"{}', 1)", "ok.$": "$.x"}""");

    assertThat(PayloadTemplate.problems(template, "/States/P/Parameters"))
        .containsExactly(
            invalid("/States/P/Parameters", "a.$"),
            invalid("/States/P/Parameters/x[0]", "y.$"),
            new Problem(
                "/States/P/Parameters/x[1]",
                "SCHEMA_VALIDATION_FAILED",
                "The field 'b' is specified more than once, as 'b' and as 'b.$'"),
            invalid("/States/P/Parameters", "parsed.$"));
  }

  private static Problem invalid(String path, String field) {
    return new Problem(
        path,
        "SCHEMA_VALIDATION_FAILED",
        "The value for the field '%s' must be a valid JSONPath or a valid intrinsic function call"
            .formatted(field));
  }
}
