package io.stepwise.services.states.teststate;

import io.stepwise.aws.ServiceShapes;
import io.stepwise.engine.behavior.RehearsalRefused;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.teststate.StateTrial;
import io.stepwise.engine.teststate.TrialResult;
import io.stepwise.expression.Moment;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError.ValidationException;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Definitions;
import io.stepwise.services.states.resource.Quotas;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** TestState: runs one state and tells how it ended. */
public final class TestStateOperation {
  /** How long a test runs. Source: AWS, TestState. */
  private static final long SECONDS_MAX = 300;

  private static final int ERROR_MAX = 256;
  private static final int CAUSE_MAX = 32_768;
  private static final Shape INPUT =
      Shape.of(
          Member.text("definition", 1, Definitions.LENGTH_MAX).required(),
          Member.text("roleArn", 1, 256),
          Member.text("input", 0, Quotas.PAYLOAD_BYTES_MAX),
          Member.oneOf("inspectionLevel", "INFO", "DEBUG", "TRACE"),
          Member.flag("revealSecrets"),
          Member.text("variables", 0, Quotas.PAYLOAD_BYTES_MAX),
          Member.text("stateName", 1, 80),
          Member.structure(
              "mock",
              Member.text("result", 0, Quotas.PAYLOAD_BYTES_MAX),
              Member.structure(
                  "errorOutput",
                  Member.text("error", 0, ERROR_MAX),
                  Member.text("cause", 0, CAUSE_MAX)),
              Member.oneOf("fieldValidationMode", "STRICT", "PRESENT", "NONE")),
          Member.text("context", 0, Quotas.PAYLOAD_BYTES_MAX),
          Member.structure(
              "stateConfiguration",
              Member.whole("retrierRetryCount", 0, Double.NaN),
              Member.text("errorCausedByState", 1, 80),
              Member.whole("mapIterationFailureCount", 0, Double.NaN),
              Member.text("mapItemReaderData", 0, Definitions.LENGTH_MAX)));

  private final Backend backend;
  private final ServiceShapes shapes = new ServiceShapes();

  private TestStateOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking("TestState", INPUT, new TestStateOperation(backend)::run);
  }

  private void run(Call call) {
    var request = TrialRequest.read(call, backend, shapes);
    var trial = new StateTrial(request.setup(), backend.limits(), now());
    var result = request.outcome() == null ? live(request, trial) : mocked(request, trial);
    call.reply(TrialAnswer.of(request, result));
  }

  private TrialResult mocked(TrialRequest request, StateTrial trial) {
    var outcome = Objects.requireNonNull(request.outcome());
    switch (request.setup().state().type()) {
      case MAP, PARALLEL -> {
        try {
          trial.pretend(outcome, request.readerData(), request.failureCount(), now());
        } catch (RehearsalRefused e) {
          throw new ValidationException(String.valueOf(e.getMessage())).toException();
        }
      }
      case TASK -> {
        if (trial.begin(now()).isPresent()) {
          trial.settle(outcome, now());
        }
      }
      case PASS, CHOICE, WAIT, SUCCEED, FAIL ->
          throw new IllegalStateException("Expected a state that can be mocked");
    }
    return trial.result();
  }

  private TrialResult live(TrialRequest request, StateTrial trial) {
    var effect = trial.begin(now()).orElse(null);
    if (effect != null) {
      var outcome = call(request, trial, effect);
      if (outcome == null) {
        return trial.timedOut();
      }
      trial.settle(outcome, now());
    }
    var timer = trial.waitsFor();
    if (timer != null) {
      // Scaled like the wait: else one of years under a small scale would take five real minutes.
      var nowMillis = backend.clock().nowMillis();
      var latest = backend.limits().scaled(nowMillis + 1000 * SECONDS_MAX, nowMillis);
      var bound = Math.min(timer.dueMillis(), latest);
      pauseUntil(bound);
      if (bound < timer.dueMillis()) {
        return trial.timedOut();
      }
      trial.fire(timer, now());
    }
    return trial.result();
  }

  /** The outcome of a task, or null where it took longer than a test may. */
  private @Nullable Outcome call(TrialRequest request, StateTrial trial, Effect effect) {
    var own = trial.timeoutSeconds();
    var seconds = own == 0 ? SECONDS_MAX : Math.min(own, SECONDS_MAX);
    var answer = backend.tasks().call(effect, request.setup().header().id());
    try {
      return answer.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      answer.cancel(false);
      return own == seconds ? new Outcome.Failure("States.Timeout", null) : null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Expected a call to end with an outcome", e);
    }
  }

  private void pauseUntil(long dueMillis) {
    try {
      Thread.sleep(Duration.ofNanos(Math.max(0, backend.clock().nanosUntil(dueMillis))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Moment now() {
    return new Moment(
        Instant.ofEpochMilli(backend.clock().nowMillis()), ThreadLocalRandom.current().nextLong());
  }
}
