package io.stepwise.aws.model;

/** How integrations name the members of a service and write what it answers. */
public enum Dialect {
  /** {@code aws-sdk:}: as the SDK for Java 2 does, times in ISO 8601. */
  SDK,
  /** Optimized integrations: the model's names with a capital, times in milliseconds. */
  OPTIMIZED;

  String key(String serviceId, String member) {
    return this == SDK
        ? SdkNames.key(serviceId, member)
        : Character.toUpperCase(member.charAt(0)) + member.substring(1);
  }
}
