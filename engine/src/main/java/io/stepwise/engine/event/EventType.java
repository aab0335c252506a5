package io.stepwise.engine.event;

/** The 62 types of history events, spelled as AWS spells them. */
public enum EventType {
  ExecutionStarted("executionStartedEventDetails"),
  ExecutionSucceeded("executionSucceededEventDetails"),
  ExecutionFailed("executionFailedEventDetails"),
  ExecutionAborted("executionAbortedEventDetails"),
  ExecutionTimedOut("executionTimedOutEventDetails"),
  ExecutionRedriven("executionRedrivenEventDetails"),
  PassStateEntered("stateEnteredEventDetails"),
  TaskStateEntered("stateEnteredEventDetails"),
  ChoiceStateEntered("stateEnteredEventDetails"),
  WaitStateEntered("stateEnteredEventDetails"),
  SucceedStateEntered("stateEnteredEventDetails"),
  FailStateEntered("stateEnteredEventDetails"),
  MapStateEntered("stateEnteredEventDetails"),
  ParallelStateEntered("stateEnteredEventDetails"),
  PassStateExited("stateExitedEventDetails"),
  TaskStateExited("stateExitedEventDetails"),
  ChoiceStateExited("stateExitedEventDetails"),
  WaitStateExited("stateExitedEventDetails"),
  SucceedStateExited("stateExitedEventDetails"),
  MapStateExited("stateExitedEventDetails"),
  ParallelStateExited("stateExitedEventDetails"),
  TaskStateAborted(""),
  WaitStateAborted(""),
  MapStateAborted(""),
  ParallelStateAborted(""),
  LambdaFunctionScheduled("lambdaFunctionScheduledEventDetails"),
  LambdaFunctionScheduleFailed("lambdaFunctionScheduleFailedEventDetails"),
  LambdaFunctionStarted(""),
  LambdaFunctionStartFailed("lambdaFunctionStartFailedEventDetails"),
  LambdaFunctionSucceeded("lambdaFunctionSucceededEventDetails"),
  LambdaFunctionFailed("lambdaFunctionFailedEventDetails"),
  LambdaFunctionTimedOut("lambdaFunctionTimedOutEventDetails"),
  ActivityScheduled("activityScheduledEventDetails"),
  ActivityScheduleFailed("activityScheduleFailedEventDetails"),
  ActivityStarted("activityStartedEventDetails"),
  ActivitySucceeded("activitySucceededEventDetails"),
  ActivityFailed("activityFailedEventDetails"),
  ActivityTimedOut("activityTimedOutEventDetails"),
  TaskScheduled("taskScheduledEventDetails"),
  TaskStarted("taskStartedEventDetails"),
  TaskStartFailed("taskStartFailedEventDetails"),
  TaskSubmitted("taskSubmittedEventDetails"),
  TaskSubmitFailed("taskSubmitFailedEventDetails"),
  TaskSucceeded("taskSucceededEventDetails"),
  TaskFailed("taskFailedEventDetails"),
  TaskTimedOut("taskTimedOutEventDetails"),
  MapStateStarted("mapStateStartedEventDetails"),
  MapStateSucceeded(""),
  MapStateFailed(""),
  MapIterationStarted("mapIterationStartedEventDetails"),
  MapIterationSucceeded("mapIterationSucceededEventDetails"),
  MapIterationFailed("mapIterationFailedEventDetails"),
  MapIterationAborted("mapIterationAbortedEventDetails"),
  ParallelStateStarted(""),
  ParallelStateSucceeded(""),
  ParallelStateFailed(""),
  MapRunStarted("mapRunStartedEventDetails"),
  MapRunSucceeded(""),
  MapRunFailed("mapRunFailedEventDetails"),
  MapRunAborted(""),
  MapRunRedriven("mapRunRedrivenEventDetails"),
  EvaluationFailed("evaluationFailedEventDetails");

  private final String detailsKey;

  EventType(String detailsKey) {
    this.detailsKey = detailsKey;
  }

  /** Name of the member that carries the details in API answers; empty where there are none. */
  public String detailsKey() {
    return detailsKey;
  }
}
