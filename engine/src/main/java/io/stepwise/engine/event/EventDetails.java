package io.stepwise.engine.event;

import io.stepwise.expression.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The details of a history event: one record for each shape that AWS shows. */
public sealed interface EventDetails {
  /** No details. */
  None NONE = new None();

  /** No details. */
  record None() implements EventDetails {}

  /** Of ExecutionStarted. */
  record Started(
      Payload input,
      String roleArn,
      @Nullable String stateMachineAliasArn,
      @Nullable String stateMachineVersionArn)
      implements EventDetails {}

  /** Of events that carry an output and nothing else. */
  record Output(Payload output) implements EventDetails {}

  /** Of events that carry an error and a cause and nothing else. */
  record Failure(@Nullable String error, @Nullable String cause) implements EventDetails {}

  /** Of ExecutionRedriven. */
  record Redriven(int redriveCount) implements EventDetails {}

  /** Of …StateEntered. */
  record StateEntered(String name, Payload input) implements EventDetails {}

  /**
   * Of …StateExited.
   *
   * @param next the state that follows in this scope, or null; not shown by AWS
   */
  record StateExited(
      String name, Payload output, Map<String, Payload> assigned, @Nullable String next)
      implements EventDetails {}

  /** Of LambdaFunctionScheduled. */
  record LambdaScheduled(
      String resource,
      Payload input,
      @Nullable Long timeoutSeconds,
      @Nullable String credentialsRoleArn)
      implements EventDetails {}

  /** Of ActivityScheduled. */
  record ActivityScheduled(
      String resource,
      Payload input,
      @Nullable Long timeoutSeconds,
      @Nullable Long heartbeatSeconds)
      implements EventDetails {}

  /** Of ActivityStarted. */
  record ActivityStarted(@Nullable String workerName) implements EventDetails {}

  /** Of TaskScheduled. */
  record TaskScheduled(
      String resourceType,
      String resource,
      String region,
      Payload parameters,
      @Nullable Long timeoutSeconds,
      @Nullable Long heartbeatSeconds,
      @Nullable String credentialsRoleArn)
      implements EventDetails {}

  /** Of TaskStarted. */
  record TaskStarted(String resourceType, String resource) implements EventDetails {}

  /** Of TaskSubmitted and TaskSucceeded. */
  record TaskOutput(String resourceType, String resource, Payload output) implements EventDetails {}

  /** Of TaskFailed, TaskTimedOut, TaskStartFailed and TaskSubmitFailed. */
  record TaskFailure(
      String resourceType, String resource, @Nullable String error, @Nullable String cause)
      implements EventDetails {}

  /** Of MapStateStarted. Units: items. */
  record MapStarted(int length) implements EventDetails {}

  /** Of MapIteration…; index from 0. */
  record MapIteration(String name, int index) implements EventDetails {}

  /** Of MapRunStarted. */
  record MapRun(String mapRunArn) implements EventDetails {}

  /** Of MapRunRedriven. */
  record MapRunRedriven(String mapRunArn, int redriveCount) implements EventDetails {}

  /** Of EvaluationFailed. */
  record EvaluationFailed(String state, String error, String cause, @Nullable String location)
      implements EventDetails {}
}
