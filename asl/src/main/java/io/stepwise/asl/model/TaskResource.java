package io.stepwise.asl.model;

import io.stepwise.aws.IntegrationPattern;

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
  record ServiceIntegration(String arn, String service, String action, IntegrationPattern pattern)
      implements TaskResource {

    /** {@code resource} of the history, e.g. {@code invoke.waitForTaskToken}. */
    public String resource() {
      return action + pattern.suffix();
    }
  }
}
