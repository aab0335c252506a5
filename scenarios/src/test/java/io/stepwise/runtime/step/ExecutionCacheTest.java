package io.stepwise.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.ExecutionArn;
import io.stepwise.aws.StateMachineArn;
import io.stepwise.engine.execution.Backlog;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.expression.Payload;
import org.junit.jupiter.api.Test;

/** What a worker has at hand is bounded by number and by weight. */
final class ExecutionCacheTest {
  private static final String DEFINITION =
      "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":1,\"End\":true}}}";
  private static final StateMachineArn MACHINE_ARN =
      StateMachineArn.of("arn:aws:states:us-east-1:123456789012:stateMachine:m");
  private static final StateMachineRevision MACHINE =
      new StateMachineRevision(
          1,
          MACHINE_ARN,
          "m",
          StateMachineType.STANDARD,
          "arn:aws:iam::123456789012:role/r",
          "",
          new DefinitionCompiler()
              .compile(DEFINITION, StateMachineType.STANDARD)
              .definition()
              .orElseThrow());

  @Test
  void forgetsTheLongestUnusedOverTheNumber() {
    var cache = new ExecutionCache(2, Long.MAX_VALUE, (id, scope) -> Backlog.Stored.NOTHING);

    cache.loaded(execution(1, 10));
    cache.loaded(execution(2, 10));
    assertThat(cache.find(1)).isNotNull();
    cache.loaded(execution(3, 10));

    assertThat(cache.find(2)).isNull();
    assertThat(cache.find(1)).isNotNull();
    assertThat(cache.find(3)).isNotNull();
  }

  @Test
  void forgetsTheLongestUnusedOverTheWeight() {
    var cache = new ExecutionCache(1_000, 1_000_000, (id, scope) -> Backlog.Stored.NOTHING);

    for (var id = 1; id <= 10; id++) {
      cache.loaded(execution(id, 200_000));
    }

    assertThat(cache.find(1)).isNull();
    assertThat(cache.find(8)).isNull();
    assertThat(cache.find(10)).isNotNull();
  }

  @Test
  void keepsWhatIsNotCommittedWhateverItWeighs() {
    var cache = new ExecutionCache(1, 1, (id, scope) -> Backlog.Stored.NOTHING);

    cache.changed(execution(1, 200_000), true);
    cache.changed(execution(2, 200_000), true);
    assertThat(cache.find(1)).isNotNull();
    assertThat(cache.findUncommitted(arn(1).text())).isNotNull();

    cache.committed();
    assertThat(cache.find(1)).isNull();
    assertThat(cache.find(2)).isNotNull();
  }

  private static Execution execution(long id, int inputCharacters) {
    var input = Payload.ofTrustedText("\"" + "x".repeat(inputCharacters) + "\"");
    return new Execution(
        new ExecutionHeader(
            id, arn(id), "e" + id, MACHINE, 0, "", input, 0, null, null, null, null));
  }

  private static ExecutionArn arn(long id) {
    return MACHINE_ARN.execution("e" + id);
  }
}
