package io.stepwise.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Definitions of every kind of work, each of which takes a while and hands its input on, so that
 * the right output is known: {@code {"id": …}} in, the same out.
 */
final class Kinds {
  private static final String LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:";

  private Kinds() {}

  /** Definitions by the name of their state machine; those that others start come first. */
  static Map<String, String> definitions(String activityArn, String machinePrefix) {
    var kinds = new LinkedHashMap<String, String>();
    kinds.put(
        "wait",
        states(
            "{\"Type\":\"Wait\",\"Seconds\":1,\"Next\":\"B\"}",
            "{\"Type\":\"Wait\",\"Seconds\":1,\"End\":true}"));
    kinds.put(
        "retry",
        states(
            task(LAMBDA + "flaky", retry(), "\"Next\":\"B\""),
            task(LAMBDA + "echo", "", "\"End\":true")));
    kinds.put(
        "lambda",
        states(
            task(LAMBDA + "slow", "", "\"Next\":\"B\""),
            "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Parameters\":"
                + "{\"FunctionName\":\"slow\",\"Payload.$\":\"$\"},\"OutputPath\":\"$.Payload\",\"End\":true}"));
    kinds.put(
        "activity",
        states(
            task(activityArn, retryAll() + ",\"TimeoutSeconds\":20", "\"Next\":\"B\""),
            "{\"Type\":\"Pass\",\"End\":true}"));
    kinds.put(
        "callback",
        states(
            "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke.waitForTaskToken\","
                + "\"Parameters\":{\"FunctionName\":\"callback\",\"Payload\":"
                + "{\"token.$\":\"$$.Task.Token\",\"input.$\":\"$\"}},\"Next\":\"B\"}",
            "{\"Type\":\"Pass\",\"End\":true}"));
    var inner =
        "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":1,\"Next\":\"L\"},"
            + "\"L\":"
            + task(LAMBDA + "echo", "", "\"End\":true")
            + "}}";
    kinds.put(
        "map",
        states(
            "{\"Type\":\"Map\",\"ItemsPath\":\"$.items\",\"MaxConcurrency\":3,\"ItemProcessor\":"
                + inner
                + ",\"ResultPath\":null,\"Next\":\"B\"}",
            "{\"Type\":\"Pass\",\"End\":true}"));
    kinds.put(
        "parallel",
        states(
            "{\"Type\":\"Parallel\",\"Branches\":["
                + inner
                + ","
                + inner.replace("\"W\"", "\"W2\"").replace("\"L\"", "\"L2\"")
                + "],\"OutputPath\":\"$[1]\",\"Next\":\"B\"}",
            "{\"Type\":\"Pass\",\"End\":true}"));
    kinds.put(
        "nested",
        states(
            "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::states:startExecution.sync:2\","
                + "\"Parameters\":{\"StateMachineArn\":\""
                + machinePrefix
                + "wait\",\"Input.$\":\"$\"},\"OutputPath\":\"$.Output\",\"Next\":\"B\"}",
            "{\"Type\":\"Pass\",\"End\":true}"));
    kinds.put(
        "distributed",
        states(
            "{\"Type\":\"Map\",\"ItemsPath\":\"$.items\",\"MaxConcurrency\":4,\"Label\":\"d\","
                + "\"ItemProcessor\":"
                + inner.replaceFirst(
                    "\\{",
                    "{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},")
                + ",\"ResultPath\":null,\"Next\":\"B\"}",
            "{\"Type\":\"Pass\",\"End\":true}"));
    return kinds;
  }

  private static String states(String first, String second) {
    return "{\"StartAt\":\"A\",\"States\":{\"A\":" + first + ",\"B\":" + second + "}}";
  }

  private static String task(String resource, String more, String next) {
    return "{\"Type\":\"Task\",\"Resource\":\""
        + resource
        + "\","
        + (more.isEmpty() ? "" : more + ",")
        + next
        + "}";
  }

  private static String retry() {
    return "\"Retry\":[{\"ErrorEquals\":[\"Flaky\"],\"IntervalSeconds\":1,\"MaxAttempts\":5}]";
  }

  private static String retryAll() {
    return "\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"IntervalSeconds\":1,\"MaxAttempts\":50,"
        + "\"BackoffRate\":1}]";
  }
}
