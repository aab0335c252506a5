package io.stepwise.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reply-before-commit",
        "half-written",
        "uncontained-connector",
        "uncontained-listener",
        "retention-beside-shard"
      })
  void whatIsPlantedIsFoundAndCanBeReplayed(String fault) {
    assertThat(simulate("--seed=1", "--for=60s", "--plant=" + fault)).isEqualTo(1);

    assertThat(printed())
        .containsPattern("FAILED, replay with: bin/simulate --seed=\\d+ --for=1s --plant=" + fault);
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
