package io.stepwise.expression.jsonpath;

import static io.stepwise.expression.TestBindings.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IntrinsicCallTest {
  private static final String INPUT =
      "{\"l\":[1,2,2,[3]],\"o\":{\"Arg1\":1,\"Arg2\":[]},\"s\":\"a,b\",\"n\":null,\"blank\":\" \"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "States.Format('{} and {}', $.s, 1.1) → \"a,b and 1.1\"",
        "States.Format('{}', $.o) → \"{Arg1=1, Arg2=[]}\"",
        "States.Format('{}{}', $.n, true) → \"nulltrue\"",
        "States.Format('it\\'s \\{\\} \\\\ {}', 1) → \"it's {} \\\\ 1\"",
        "States.StringToJson('\\{\"a\": 1}') → {\"a\":1}",
        "States.StringToJson($.blank) → null",
        "States.JsonToString($.o) → \"{\\\"Arg1\\\":1,\\\"Arg2\\\":[]}\"",
        "States.Array() → []",
        "States.Array(1, 'x', $.l[0], $$.c, $v) → [1,\"x\",1,true,\"var\"]",
        "States.ArrayPartition($.l, 3) → [[1,2,2],[[3]]]",
        "States.ArrayPartition(States.Array(), 3) → []",
        "States.ArrayContains($.l, States.Array(3)) → true",
        "States.ArrayContains($.l, 9) → false",
        "States.ArrayRange(1, 9, 2) → [1,3,5,7,9]",
        "States.ArrayRange(3, 1, -1) → [3,2,1]",
        "States.ArrayRange(0.5, 2.4, 1) → [1,2]",
        "States.ArrayGetItem($.l, 3) → [3]",
        "States.ArrayLength($.l) → 4",
        "States.ArrayUnique($.l) → [1,2,[3]]",
        "States.Base64Encode('Data to encode') → \"RGF0YSB0byBlbmNvZGU=\"",
        "States.Base64Decode('RGF0YSB0byBlbmNvZGU=') → \"Data to encode\"",
        "States.Hash('input data', 'SHA-1') → \"aaff4a450a104cd177d28d18d74485e8cae074b7\"",
        "States.JsonMerge($.o, States.StringToJson('{\"Arg1\":2}'), false) → {\"Arg1\":2,\"Arg2\":[]}",
        "States.MathAdd(1.49, 1.5) → 3",
        "States.MathAdd(-1.5, -1.51) → -3",
        "States.MathAdd(-0.5, 0) → 0",
        "States.MathAdd(2147483647, 1) → 2147483648",
        "States.StringSplit('This.is+a,test', '.+,') → [\"This\",\"is\",\"a\",\"test\"]",
        "States.StringSplit('a,,b', ',') → [\"a\",\"b\"]",
        "States.ArrayLength($.l[?(@ == 2)]) → 2",
        "States.ArrayLength($['l']) → 4",
      })
  void computes(String call, String expected) throws Exception {
    var bindings = input(INPUT).context("{\"c\":true}").variable("v", "\"var\"");

    assertThat(IntrinsicCall.compile(call).evaluate(bindings)).hasToString(expected);
  }

  @Test
  void drawsChanceFromTheMomentOrTheSeed() throws Exception {
    var seeded = IntrinsicCall.compile("States.MathRandom(0, 999, 3)");
    var free = IntrinsicCall.compile("States.MathRandom(-5.4, 10)");
    var uuid = IntrinsicCall.compile("States.UUID()");

    assertThat(seeded.evaluate(input("{}"))).isEqualTo(seeded.evaluate(input("{}")));
    assertThat(free.evaluate(input("{}"))).isEqualTo(free.evaluate(input("{}")));
    assertThat(free.evaluate(input("{}")).intValue()).isBetween(-5, 9);
    assertThat(uuid.evaluate(input("{}")).stringValue()).matches("[0-9a-f-]{14}4[0-9a-f-]{21}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "States.Format('{}{}', 1)",
        "States.Format('x', 1)",
        "States.StringToJson('x')",
        "States.ArrayPartition($.l, 0)",
        "States.ArrayRange(0, 1000, 1)",
        "States.ArrayRange(0, 1, 0)",
        "States.ArrayGetItem($.l, 4)",
        "States.ArrayGetItem($.l, -1)",
        "States.ArrayLength($.s)",
        "States.Base64Decode('!!!')",
        "States.Hash('x', 'CRC')",
        "States.JsonMerge($.o, $.o, true)",
        "States.MathAdd(2147483648, 1)",
        "States.MathAdd(1e999999999, 1)",
        "States.MathAdd('1', 1)",
        "States.MathRandom(2, 1)",
      })
  void failsOnMisuse(String call) throws Exception {
    var compiled = IntrinsicCall.compile(call);

    assertThatThrownBy(() -> compiled.evaluate(input(INPUT)))
        .isInstanceOfSatisfying(
            EvaluationException.class,
            e -> assertThat(e.error()).isEqualTo("States.IntrinsicFailure"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "States.Nope()",
        "States.UUID(1)",
        "States.Hash('x')",
        "States.Array(1",
        "States.Array(1) x",
        "States.Array('x)",
        "States.Array(x)",
        "States.Array($.)",
        "States.Format('He said, \\\"Hello, {}!\\\"', 'Test')",
        "States.Array([1])",
      })
  void refusesTextThatIsNoCall(String call) {
    assertThatThrownBy(() -> IntrinsicCall.compile(call))
        .isInstanceOf(InvalidExpressionException.class);
  }

  @Test
  void allowsTenLevelsOfCalls() throws Exception {
    assertThat(IntrinsicCall.compile(nested(10)).evaluate(input("{}"))).hasToString(brackets(10));
    assertThatThrownBy(() -> IntrinsicCall.compile(nested(11)))
        .isInstanceOf(InvalidExpressionException.class);
    assertThatThrownBy(() -> IntrinsicCall.compile("States.Array(".repeat(100_000)))
        .isInstanceOf(InvalidExpressionException.class);
  }

  @Test
  void limitsWhatItEncodesAndHashes() throws Exception {
    var call = IntrinsicCall.compile("States.Base64Encode($)");

    assertThat(call.evaluate(input("\"" + "x".repeat(10_000) + "\""))).isNotNull();
    assertThatThrownBy(() -> call.evaluate(input("\"" + "x".repeat(10_001) + "\"")))
        .isInstanceOf(EvaluationException.class);
  }

  private static String nested(int levels) {
    return "States.Array(".repeat(levels) + ")".repeat(levels);
  }

  private static String brackets(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }
}
