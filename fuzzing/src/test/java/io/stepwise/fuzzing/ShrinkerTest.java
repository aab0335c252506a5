package io.stepwise.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.fuzzing.input.Case;
import io.stepwise.fuzzing.input.Case.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  @Test
  void leavesOutWhatTheFailureDoesNotNeed() {
    var large =
        new Case(
            List.of(
                new Step("ListActivities", "{}"),
                new Step(
                    "CreateStateMachine",
                    "{\"name\":\"m\",\"definition\":\"{\\\"a\\\":[1,{\\\"bad\\\":2,\\\"c\\\":3}]}\"}")));

    var small =
        new Shrinker(input -> input.steps().stream().anyMatch(step -> step.body().contains("bad")))
            .shrink(large);

    assertThat(small.steps())
        .containsExactly(
            new Step("CreateStateMachine", "{\"definition\":\"{\\\"a\\\":[{\\\"bad\\\":2}]}\"}"));
  }
}
