package io.stepwise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EngineSimulationTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private int simulate(String... args) {
    return Main.run(args, new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everythingHoldsForSomeSeconds() {
    assertThat(simulate("--seed=1", "--for=5s")).as(this::printed).isZero();
    assertThat(printed()).startsWith("seed 1, for 5 s").contains("ok: ").contains(" crashes");
  }

  @Test
  void replyBeforeCommitIsFoundAndCanBeReplayed() {
    assertThat(simulate("--seed=1", "--for=20s", "--plant=reply-before-commit")).isEqualTo(1);

    assertThat(printed())
        .containsPattern(
            "FAILED, replay with: bin/simulate --seed=\\d+ --for=1s --plant=reply-before-commit");
  }

  @Test
  void sameSeedGivesTheSameRound() {
    var first = new Simulation(7, Simulation.Fault.NONE).run();
    var second = new Simulation(7, Simulation.Fault.NONE).run();

    assertThat(first).isEqualTo(second);
    assertThat(first.crashes()).isPositive();
  }

  @Test
  void wrongOptionIsToldInASentence() {
    assertThat(simulate("--sed=1")).isEqualTo(2);
    assertThat(printed()).contains("found --sed=1");
  }
}
