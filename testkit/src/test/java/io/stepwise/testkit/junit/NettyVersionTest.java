package io.stepwise.testkit.junit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A project with another Netty is told what to change, not which class is missing. */
final class NettyVersionTest {

  @Test
  void refusesAClassPathWithoutOurNetty() {
    assertThatThrownBy(() -> NettyVersion.check(new ClassLoader(null) {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("netty-bom:4.2");
  }

  @Test
  void acceptsOurs() {
    assertThatCode(() -> NettyVersion.check(getClass().getClassLoader()))
        .doesNotThrowAnyException();
  }
}
