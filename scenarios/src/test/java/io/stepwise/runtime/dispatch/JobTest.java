package io.stepwise.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.command.Command;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.integration.Jobs;
import io.stepwise.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A task with {@code .sync} looks after its job, over restarts, and stops what it leaves. */
class JobTest {
  private static final String BATCH =
      """
      {"StartAt":"T","States":{"T":{"Type":"Task","End":true,
       "Resource":"arn:aws:states:::batch:submitJob.sync","TimeoutSeconds":86400,
       "Parameters":{"JobName":"n","JobDefinition":"d","JobQueue":"q"}}}}""";

  private final Service service = new Service();
  private final Scenario scenario = Scenario.with(BATCH).connector(service).build();

  @Test
  void taskSucceedsWithWhatTheJobCameTo() {
    scenario.start("{}");
    assertThat(types()).endsWith("TaskScheduled", "TaskStarted", "TaskSubmitted");

    service.ended.put("job-1", success("{\"Status\":\"SUCCEEDED\"}"));
    scenario.advance(Duration.ofSeconds(1));

    assertThat(scenario.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(types()).endsWith("TaskSucceeded", "TaskStateExited", "ExecutionSucceeded");
    assertThat(scenario.execution().output())
        .isEqualTo(Payload.ofTrustedText("{\"Status\":\"SUCCEEDED\"}"));
    assertNothingIsLeft();
  }

  @Test
  void taskFailsAsTheJobDid() {
    scenario.start("{}");
    service.ended.put("job-1", new ConnectorOutcome.Failure("States.TaskFailed", "{\"a\":1}"));
    scenario.advance(Duration.ofSeconds(1));

    assertThat(scenario.execution().status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(scenario.execution().error()).isEqualTo("States.TaskFailed");
    assertThat(service.stopped).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void pausesBetweenLooksGrowToHalfAMinute() {
    scenario.start("{}");
    scenario.advance(Duration.ofHours(1));
    var inTheFirstHour = service.polls;
    scenario.advance(Duration.ofHours(1));

    assertThat(inTheFirstHour).isBetween(120, 140);
    assertThat(service.polls - inTheFirstHour).isEqualTo(120);
  }

  @Test
  void restartGoesOnLooking() {
    scenario.start("{}");
    scenario.advance(Duration.ofMinutes(10));
    scenario.restart();
    service.ended.put("job-1", success("{}"));
    scenario.advance(Duration.ofMinutes(1));

    assertThat(scenario.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(service.begun).containsExactly("job-1");
    assertNothingIsLeft();
  }

  @Test
  void answerThatWasLostInACrashIsAskedForAgain() {
    scenario.start("{}");
    service.silent = true;
    scenario.advance(Duration.ofSeconds(1));
    scenario.restart();
    service.silent = false;
    service.ended.put("job-1", success("{}"));
    scenario.advance(Duration.ofSeconds(2));

    assertThat(scenario.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void lookThatIsNotAnsweredYetIsNotTakenTwice() {
    service.silent = true;
    scenario.start("{}");
    scenario.advance(Duration.ofMinutes(10));

    assertThat(service.polls).isEqualTo(1);
  }

  @Test
  void stoppedExecutionStopsItsJob() {
    scenario.start("{}");
    stop();

    assertThat(scenario.execution().status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(service.stopped).containsExactly("job-1");
    assertNothingIsLeft();
  }

  @Test
  void attemptThatTimesOutStopsItsJob() {
    scenario.start("{}");
    scenario.advance(Duration.ofDays(1));

    assertThat(scenario.execution().error()).isEqualTo("States.Timeout");
    assertThat(service.stopped).containsExactly("job-1");
    assertNothingIsLeft();
  }

  @Test
  void stopThatWasNotAnsweredIsRepeatedAfterARestart() {
    scenario.start("{}");
    service.silent = true;
    stop();
    assertThat(scenario.underWay()).isEqualTo(1);
    service.silent = false;
    scenario.restart();

    assertThat(service.stopped).containsExactly("job-1", "job-1");
    assertNothingIsLeft();
  }

  @Test
  void retryBeginsAJobOfItsOwn() {
    var retrying =
        Scenario.with(
                BATCH.replace(
                    "\"End\":true",
                    "\"End\":true,\"Retry\":[{\"ErrorEquals\":[\"States.TaskFailed\"]}]"))
            .connector(service)
            .build();
    retrying.start("{}");
    service.ended.put("job-1", new ConnectorOutcome.Failure("States.TaskFailed", "no"));
    service.ended.put("job-2", success("{}"));
    retrying.advance(Duration.ofMinutes(1));

    assertThat(retrying.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(service.begun).containsExactly("job-1", "job-2");
    assertThat(service.stopped).isEmpty();
  }

  @Test
  void connectorThatBeginsNoJobFailsTheTask() {
    service.beginsJobs = false;
    scenario.start("{}");

    assertThat(scenario.execution().error()).isEqualTo("Stepwise.ConnectorFault");
    assertThat(scenario.execution().cause()).contains("it began no job");
  }

  @Test
  void lookThatThrowsFailsTheTask() {
    scenario.start("{}");
    service.hostile = true;
    scenario.advance(Duration.ofSeconds(1));

    assertThat(scenario.execution().error()).isEqualTo("Stepwise.ConnectorFault");
    assertThat(service.stopped).isEmpty();
  }

  @Test
  void stopThatThrowsIsForgotten() {
    scenario.start("{}");
    service.hostile = true;
    stop();

    assertThat(scenario.execution().status()).isEqualTo(ExecutionStatus.ABORTED);
    assertNothingIsLeft();
  }

  private void stop() {
    scenario.send(scenario.execution().header().id(), new Command.StopExecution(null, null));
  }

  private List<String> types() {
    return scenario.events(scenario.execution().header().id()).stream()
        .map(HistoryEvent::type)
        .map(Enum::name)
        .toList();
  }

  private void assertNothingIsLeft() {
    assertThat(scenario.underWay()).isZero();
    assertThat(scenario.timers()).isZero();
  }

  private static ConnectorOutcome success(String output) {
    return new ConnectorOutcome.Success(Payload.ofTrustedText(output));
  }

  /** A service whose jobs end when the test says so. */
  private static final class Service implements Connector, Jobs {
    private final Map<String, ConnectorOutcome> ended = new HashMap<>();
    private final List<String> begun = new ArrayList<>();
    private final List<String> stopped = new ArrayList<>();
    private int polls;
    private boolean silent;
    private boolean hostile;
    private boolean beginsJobs = true;

    @Override
    public boolean supports(String service, String action) {
      return service.equals("batch");
    }

    @Override
    public CompletableFuture<ConnectorOutcome> invoke(ConnectorRequest request) {
      if (!beginsJobs) {
        return CompletableFuture.completedFuture(success("{}"));
      }
      var id = "job-" + (begun.size() + 1);
      begun.add(id);
      return CompletableFuture.completedFuture(
          new ConnectorOutcome.Submitted(Payload.ofTrustedText("{\"JobId\":\"" + id + "\"}"), id));
    }

    @Override
    public Optional<Jobs> jobs() {
      return Optional.of(this);
    }

    @Override
    public CompletableFuture<Status> poll(Job job) {
      polls++;
      var answer = new CompletableFuture<Status>();
      if (answers()) {
        var end = ended.get(job.reference());
        answer.complete(end == null ? new Status.Running() : new Status.Ended(end));
      }
      return answer;
    }

    @Override
    public CompletableFuture<@Nullable Void> stop(Job job) {
      stopped.add(job.reference());
      var answer = new CompletableFuture<@Nullable Void>();
      if (answers()) {
        answer.complete(null);
      }
      return answer;
    }

    private boolean answers() {
      if (hostile) {
        throw new IllegalStateException("a service that throws");
      }
      return !silent;
    }
  }
}
