package io.stepwise.asl.model;

/** What a Task state's {@code Resource} names. */
public sealed interface TaskResource {

  /** The ARN as written. */
  String arn();

  /** A Lambda function by its ARN, with or without a qualifier. */
  record LambdaFunction(String arn) implements TaskResource {}

  /** An activity, done by workers that poll for it. */
  record Activity(String arn) implements TaskResource {}

  /**
   * A service integration, {@code arn:<partition>:states:::<service>:<action><pattern>}.
   *
   * @param service {@code resourceType} of the history, e.g. {@code lambda} or {@code
   *     aws-sdk:dynamodb}
   * @param action the action without the pattern's suffix, e.g. {@code invoke}
   */
  record ServiceIntegration(String arn, String service, String action, Pattern pattern)
      implements TaskResource {

    /** {@code resource} of the history, e.g. {@code invoke.waitForTaskToken}. */
    public String resource() {
      return action + pattern.suffix();
    }
  }

  /** When a service integration is done. */
  enum Pattern {
    /** When the service has answered. */
    REQUEST_RESPONSE(""),
    /** When the job that the service started has ended. */
    SYNC(".sync"),
    /** As {@link #SYNC}, with the job's output as JSON. */
    SYNC_2(".sync:2"),
    /** When somebody sends the task token back. */
    WAIT_FOR_TASK_TOKEN(".waitForTaskToken");

    private final String suffix;

    Pattern(String suffix) {
      this.suffix = suffix;
    }

    /** What the pattern appends to the action. */
    public String suffix() {
      return suffix;
    }
  }
}
