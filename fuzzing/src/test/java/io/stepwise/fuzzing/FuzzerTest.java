package io.stepwise.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FuzzerTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private int fuzz(String... args) throws IOException, InterruptedException {
    return Main.run(args, new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everyRuleHoldsForSomeSeconds() throws IOException, InterruptedException {
    assertThat(fuzz("--seed=1", "--for=5s")).as(this::printed).isZero();

    assertThat(printed()).startsWith("seed 1, for 5 s").contains("ok: ").contains("ListActivities");
  }

  @Test
  void wrongOptionIsToldInASentence() throws IOException, InterruptedException {
    assertThat(fuzz("--sed=1")).isEqualTo(2);
    assertThat(printed()).contains("found --sed=1");
  }
}
