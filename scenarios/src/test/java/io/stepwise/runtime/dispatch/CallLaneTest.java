package io.stepwise.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.execution.TaskRef;
import org.junit.jupiter.api.Test;

class CallLaneTest {
  private final CallLane lane = new CallLane(100);
  private int tasks;

  private int enter(String machine, int times) {
    var entered = 0;
    for (var i = 0; i < times; i++) {
      entered += lane.enter(machine, new TaskRef(++tasks, 0, 1)) ? 1 : 0;
    }
    return entered;
  }

  @Test
  void aStateMachineAloneGetsFourFifths() {
    assertThat(enter("hog", 1_000)).isEqualTo(80);
    assertThat(lane.waiting()).isEqualTo(920);
  }

  @Test
  void othersFindRoomBesideOneWhoseCallsHang() {
    enter("hog", 1_000);

    assertThat(enter("late", 10)).isEqualTo(10);
    assertThat(enter("later", 1)).isEqualTo(1);
  }

  @Test
  void thoseThatWaitGoOnInTurn() {
    enter("a", 1_000);
    enter("b", 1_000);
    enter("c", 1_000);
    for (var i = 0; i < 60; i++) {
      lane.leave("a");
    }

    var turns = new StringBuilder();
    for (var turn = lane.next(); turn != null; turn = lane.next()) {
      turns.append(turn.stateMachineArn());
    }

    assertThat(turns).startsWith("abcabcabc");
  }

  @Test
  void noneWaitsBehindNobody() {
    enter("a", 200);
    for (var i = 0; i < 80; i++) {
      lane.leave("a");
    }

    var turns = 0;
    while (lane.next() != null) {
      turns++;
    }

    assertThat(turns).isEqualTo(80);
    assertThat(lane.waiting()).isEqualTo(40);
  }
}
