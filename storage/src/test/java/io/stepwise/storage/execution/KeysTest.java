package io.stepwise.storage.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.execution.Changes.Pending;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Timer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeysTest {

  @Test
  void timersSortByTheirMoment() {
    var early = Keys.timer(9, new Timer(1_000, 5, 5, Timer.Kind.WAIT));
    var late = Keys.timer(1, new Timer(1_001, 0, 0, Timer.Kind.WAIT));

    assertThat(Arrays.compareUnsigned(early, late)).isNegative();
    assertThat(Arrays.compareUnsigned(Keys.timersFrom(1_001), late)).isNotPositive();
  }

  @Test
  void timerAndExecutionAreReadOffTheKey() {
    for (var kind : Timer.Kind.values()) {
      var timer = new Timer(1_767_225_600_000L, 7, 8, kind);
      var key = Keys.timer(Long.MAX_VALUE - 1, timer);

      assertThat(Keys.timer(key)).isEqualTo(timer);
      assertThat(Keys.timerExecution(key)).isEqualTo(Long.MAX_VALUE - 1);
    }
  }

  @Test
  void pendingIsReadOffTheKey() {
    for (var pending :
        new Pending[] {new Pending(3, 4, -1), new Pending(0, 1, 99), new Pending(-1, 0, -1)}) {
      assertThat(Keys.pending(Keys.pending(77, pending))).isEqualTo(pending);
      assertThat(Keys.executionOf(Keys.pending(77, pending))).isEqualTo(77);
    }
  }

  @Test
  void listsShowTheNewestFirst() {
    assertThat(Arrays.compareUnsigned(Keys.byMachine(1, 20), Keys.byMachine(1, 10))).isNegative();
    assertThat(Keys.listedExecution(Keys.byMachine(1, 20))).isEqualTo(20);
    assertThat(Keys.listedExecution(Keys.byStatus(1, ExecutionStatus.FAILED, 20))).isEqualTo(20);
    assertThat(Keys.listedExecution(Keys.byMapRun(new byte[16], 20))).isEqualTo(20);
  }

  @Test
  void afterIsTheFirstKeyBehindAPrefix() {
    assertThat(Keys.after(new byte[] {1, 2})).isEqualTo(new byte[] {1, 3});
    assertThat(Keys.after(new byte[] {1, (byte) 0xff})).isEqualTo(new byte[] {2});
  }

  /** Rows of released versions are found by these keys: they never change. */
  @Test
  void layoutStaysAsItIs() {
    var hex = HexFormat.of();

    assertThat(hex.formatHex(Keys.hash("arn:a"))).isEqualTo("47e1c51f789d27fe342e5b591614722c");
    assertThat(hex.formatHex(Keys.execution(1))).isEqualTo("780000000000000001");
    assertThat(hex.formatHex(Keys.history(1, 2))).isEqualTo("6800000000000000010000000000000002");
    assertThat(hex.formatHex(Keys.scope(1, 2))).isEqualTo("63000000000000000100000002");
    assertThat(hex.formatHex(Keys.result(1, 2, 3))).isEqualTo("7200000000000000010000000200000003");
    assertThat(hex.formatHex(Keys.payload(1, 2, 3)))
        .isEqualTo("700000000000000001000000000000000200000003");
    assertThat(hex.formatHex(Keys.timer(1, new Timer(2, 3, 4, Timer.Kind.RETRY))))
        .isEqualTo("740000000000000002010000000000000001000000030000000402");
    assertThat(hex.formatHex(Keys.pending(1, new Pending(2, 3, 4))))
        .isEqualTo("6f0000000000000001000000020000000300000004");
    assertThat(hex.formatHex(Keys.byStatus(1, ExecutionStatus.SUCCEEDED, 2)))
        .isEqualTo("73000000000000000101fffffffffffffffd");
  }
}
