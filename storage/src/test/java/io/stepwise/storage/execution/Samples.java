package io.stepwise.storage.execution;

import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.expression.Payload;
import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Details of events of any type, from random numbers. */
final class Samples {
  private final SplittableRandom random;

  Samples(SplittableRandom random) {
    this.random = random;
  }

  EventDetails details(EventType type) {
    return switch (type) {
      case ExecutionStarted -> new EventDetails.Started(payload(), text(), optional(), optional());
      case ExecutionSucceeded, LambdaFunctionSucceeded, ActivitySucceeded ->
          new EventDetails.Output(payload());
      case ExecutionRedriven -> new EventDetails.Redriven(random.nextInt(1_000));
      case LambdaFunctionScheduled ->
          new EventDetails.LambdaScheduled(text(), payload(), seconds(), optional());
      case ActivityScheduled ->
          new EventDetails.ActivityScheduled(text(), payload(), seconds(), seconds());
      case ActivityStarted -> new EventDetails.ActivityStarted(optional());
      case TaskScheduled ->
          new EventDetails.TaskScheduled(
              text(), text(), text(), payload(), seconds(), seconds(), optional());
      case TaskStarted -> new EventDetails.TaskStarted(text(), text());
      case TaskSubmitted, TaskSucceeded -> new EventDetails.TaskOutput(text(), text(), payload());
      case TaskStartFailed, TaskSubmitFailed, TaskFailed, TaskTimedOut ->
          new EventDetails.TaskFailure(text(), text(), optional(), optional());
      case MapStateStarted -> new EventDetails.MapStarted(random.nextInt(100_000));
      case MapIterationStarted, MapIterationSucceeded, MapIterationFailed, MapIterationAborted ->
          new EventDetails.MapIteration(text(), random.nextInt(100_000));
      case MapRunStarted -> new EventDetails.MapRun(text());
      case MapRunRedriven -> new EventDetails.MapRunRedriven(text(), random.nextInt(100));
      case EvaluationFailed ->
          new EventDetails.EvaluationFailed(text(), text(), text(), optional());
      default -> plain(type);
    };
  }

  private EventDetails plain(EventType type) {
    if (type.name().endsWith("StateEntered")) {
      return new EventDetails.StateEntered(text(), payload());
    }
    if (type.name().endsWith("StateExited")) {
      var assigned = new LinkedHashMap<String, Payload>();
      for (var count = random.nextInt(3); count > 0; count--) {
        assigned.put(text(), payload());
      }
      return new EventDetails.StateExited(text(), payload(), assigned, null);
    }
    return type.detailsKey().isEmpty()
            || type == EventType.MapStateSucceeded
            || type == EventType.MapRunSucceeded
        ? EventDetails.NONE
        : new EventDetails.Failure(optional(), optional());
  }

  Payload payload() {
    return Payload.ofTrustedText("\"" + "ü".repeat(random.nextInt(120)) + random.nextInt() + "\"");
  }

  private String text() {
    return random.nextInt(3) == 0 ? "" : "näme " + random.nextInt(5);
  }

  private @Nullable String optional() {
    return random.nextBoolean() ? null : text();
  }

  private @Nullable Long seconds() {
    return random.nextBoolean() ? null : (Long) random.nextLong(0, 100_000_000L);
  }
}
