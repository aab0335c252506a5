package io.stepwise.aws;

import java.util.Objects;

/**
 * Where a resource is: partition, region, account.
 *
 * @param partition e.g. {@code aws} or {@code aws-cn}
 */
public record AwsLocation(String partition, String region, String account) {
  public AwsLocation {
    Objects.requireNonNull(partition);
    Objects.requireNonNull(region);
    Objects.requireNonNull(account);
  }

  /** In the partition that the region belongs to. */
  public static AwsLocation of(String region, String account) {
    return new AwsLocation(partitionOf(region), region, account);
  }

  private static String partitionOf(String region) {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  /** The ARN of a state machine here. */
  public StateMachineArn stateMachine(String name) {
    return StateMachineArn.of(this, name, null, null);
  }

  /** The ARN of an activity here. */
  public ActivityArn activity(String name) {
    return ActivityArn.of(this, name);
  }

  /** The ARN of a function here, without a qualifier. */
  public FunctionArn function(String name) {
    return FunctionArn.of(this, name);
  }

  /** The ARN of a role of the account. Roles have no region. */
  public String role(String name) {
    return "arn:" + partition + ":iam::" + account + ":role/" + name;
  }

  /** The start of all ARNs of a service here, up to and with the colon after the account. */
  public String prefix(String service) {
    return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":";
  }
}
