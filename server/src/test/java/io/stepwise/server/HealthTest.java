package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the health endpoint says in each phase. */
final class HealthTest {
  private final Health health = new Health("disk");

  @Test
  void isReadyOnlyBetweenStartAndStop() {
    assertThat(health.isReady()).isFalse();
    assertThat(health.json(0)).contains("\"status\":\"starting\"");

    health.ready();
    assertThat(health.isReady()).isTrue();

    health.stopping();
    assertThat(health.isReady()).isFalse();
    assertThat(health.json(0)).contains("\"status\":\"stopping\"");
  }

  @Test
  void tellsVersionStorageAndQueue() {
    health.ready();

    assertThat(health.json(7))
        .isEqualTo(
            "{\"status\":\"ok\",\"version\":\""
                + Version.TEXT
                + "\",\"storage\":\"disk\",\"queued\":7}");
  }
}
