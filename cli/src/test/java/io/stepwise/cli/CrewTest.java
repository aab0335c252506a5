package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/** A test notices when those it relies on have died. */
final class CrewTest {

  @Test
  void aThreadThatDiesFailsTheTest() throws InterruptedException {
    var crew = new Crew();
    crew.employ(
        "starter",
        () -> {
          throw new IllegalStateException("refused");
        });

    awaitFailure(crew, "The starter died of java.lang.IllegalStateException: refused");
  }

  @Test
  void aThreadThatStopsOfItselfFailsTheTest() throws InterruptedException {
    var crew = new Crew();
    crew.employ("starter", () -> {});

    awaitFailure(crew, "The starter has stopped before its time");
  }

  @Test
  void aThreadAtWorkIsDismissedWithoutAFault() throws InterruptedException {
    var crew = new Crew();
    crew.employ("sleeper", () -> Thread.sleep(60_000));

    crew.checkAlive();
    crew.dismiss();
  }

  @Test
  void aStartThatIsRepeatedAfterItsExecutionEndedIsAcknowledged() throws InterruptedException {
    var machine = "arn:aws:states:us-east-1:123456789012:stateMachine:m";

    var arn =
        DurabilityIT.startedArn(
            machine,
            "e1",
            () -> {
              throw ExecutionAlreadyExistsException.builder().build();
            });

    assertThat(arn).isEqualTo("arn:aws:states:us-east-1:123456789012:execution:m:e1");
  }

  private static void awaitFailure(Crew crew, String message) throws InterruptedException {
    for (var i = 0; i < 500; i++) {
      try {
        crew.checkAlive();
      } catch (AssertionError e) {
        assertThat(e).hasMessage(message);
        return;
      }
      Thread.sleep(10);
    }
    assertThatThrownBy(crew::checkAlive).hasMessage(message);
  }
}
