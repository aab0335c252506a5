package io.stepwise.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.CompiledDefinition;
import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.storage.InMemoryStorage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RevisionsTest {
  private static final String ARN = "arn:aws:states:us-east-1:123456789012:stateMachine:m";

  private final Revisions revisions = new Revisions(new InMemoryStorage());

  @Test
  void keepsWhatHasRoom() {
    var definition = passes(500, "1");
    var compiled = compile(definition);
    for (var id = 1; id <= 50; id++) {
      keep(id, definition, compiled);
    }

    assertThat(revisions.peek(1)).isNotNull();
  }

  @Test
  void forgetsTheOldestWhereExpressionsTakeTheRoom() {
    var definition = passes(500, "\"{% 1 %}\"");
    var compiled = compile(definition);
    for (var id = 1; id <= 50; id++) {
      keep(id, definition, compiled);
    }

    assertThat(revisions.peek(1)).isNull();
    assertThat(revisions.peek(50)).isNotNull();
  }

  private void keep(long id, String definition, CompiledDefinition compiled) {
    revisions.keep(
        new Revision(
            id, ARN, "m", StateMachineType.STANDARD, "role", "", definition, Settings.DEFAULT, 0),
        compiled);
  }

  private static CompiledDefinition compile(String definition) {
    return new DefinitionCompiler().compile(definition, StateMachineType.STANDARD);
  }

  private static String passes(int count, String output) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "\"P%d\":{\"Type\":\"Pass\",\"Output\":%s,%s}"
                    .formatted(
                        i,
                        output,
                        i == count - 1 ? "\"End\":true" : "\"Next\":\"P" + (i + 1) + "\""))
        .collect(
            Collectors.joining(
                ",", "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"P0\",\"States\":{", "}}"));
  }
}
