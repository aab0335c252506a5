package io.stepwise.fuzzing.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.expression.Json;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Shape;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CasesTest {
  private static Cases cases(long seed) {
    var shapes = new TreeMap<String, Shape>();
    shapes.put("ListActivities", Shape.of(Member.whole("maxResults", 0, 1000)));
    return new Cases(seed, shapes);
  }

  @Test
  void aCaseDependsOnSeedAndNumberOnly() {
    assertThat(cases(7).at(1_234)).isEqualTo(cases(7).at(1_234)).isNotEqualTo(cases(7).at(1_235));
    assertThat(cases(8).at(1_234)).isNotEqualTo(cases(7).at(1_234));
  }

  @Test
  void aThirdOfTheDefinitionsAtLeastIsAccepted() {
    var compiler = new DefinitionCompiler();
    var all = 0;
    var accepted = 0;
    for (var number = 0; number < 2_000; number++) {
      for (var step : cases(1).at(number).steps()) {
        if (step.operation().equals("CreateStateMachine")) {
          var body = Json.parseTrusted(step.body());
          var type = StateMachineType.valueOf(body.path("type").asString());
          var compiled = compiler.compile(body.path("definition").asString(), type);
          all++;
          accepted += compiled.definition().isPresent() ? 1 : 0;
        }
      }
    }

    assertThat(3 * accepted).isGreaterThan(all);
  }
}
