package io.stepwise.engine.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.DecisionScenario;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tasks by Lambda function, service integration and callback. */
class TaskBehaviorTest {
  private static final String LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f";

  static DecisionScenario task(String resource, String fields) {
    return DecisionScenario.of(definition(resource, fields));
  }

  static String definition(String resource, String fields) {
    return "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\""
        + resource
        + "\","
        + (fields.isEmpty() ? "" : fields + ",")
        + "\"End\":true}}}";
  }

  @Test
  void lambdaSucceeds() {
    var scenario = task(LAMBDA, "").start("{\"a\":1}");

    assertThat(scenario.task("T").parameters().text()).isEqualTo("{\"a\":1}");
    scenario.succeed("T", "{\"b\":2}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 TaskStateEntered{T}",
            "3<-2 LambdaFunctionScheduled",
            "4<-3 LambdaFunctionStarted",
            "5<-4 LambdaFunctionSucceeded",
            "6<-5 TaskStateExited{T}",
            "7<-6 ExecutionSucceeded");
    assertThat(scenario.output()).isEqualTo("{\"b\":2}");
  }

  @Test
  void lambdaFails() {
    var scenario = task(LAMBDA, "").start("{}").fail("T", "CustomException", "{}");

    assertThat(scenario.history())
        .endsWith(
            "5<-4 LambdaFunctionFailed{CustomException}", "6<-5 ExecutionFailed{CustomException}");
  }

  @Test
  void lambdaTimesOutWithoutACause() {
    var scenario = task(LAMBDA, "\"TimeoutSeconds\":5").start("{}");

    assertThat(scenario.skip()).isEqualTo(Duration.ofSeconds(5));

    assertThat(scenario.history())
        .endsWith(
            "5<-4 LambdaFunctionTimedOut{States.Timeout}", "6<-5 ExecutionFailed{States.Timeout}");
    assertThat(scenario.event(5).details())
        .isEqualTo(new EventDetails.Failure("States.Timeout", null));
    assertThat(scenario.event(3).details())
        .extracting(details -> ((EventDetails.LambdaScheduled) details).timeoutSeconds())
        .isEqualTo(5L);
  }

  @Test
  void outputPathErrorAfterSuccessEndsTheExecution() {
    var scenario = task(LAMBDA, "\"OutputPath\":\"$.nope\"").start("{}").succeed("T", "{}");

    assertThat(scenario.history())
        .endsWith("5<-4 LambdaFunctionSucceeded", "6<-5 ExecutionFailed{States.Runtime}");
  }

  @Test
  void requestResponseSucceeds() {
    var scenario =
        task("arn:aws:states:::sqs:sendMessage", "\"Parameters\":{\"QueueUrl\":\"q\"}")
            .start("{}")
            .succeed("T", "{\"MessageId\":\"1\"}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 TaskStateEntered{T}",
            "3<-2 TaskScheduled",
            "4<-3 TaskStarted",
            "5<-4 TaskSucceeded",
            "6<-5 TaskStateExited{T}",
            "7<-6 ExecutionSucceeded");
    var scheduled = (EventDetails.TaskScheduled) scenario.event(3).details();
    assertThat(scheduled.resourceType()).isEqualTo("sqs");
    assertThat(scheduled.resource()).isEqualTo("sendMessage");
    assertThat(scheduled.region()).isEqualTo("us-east-1");
    assertThat(scheduled.parameters().text()).isEqualTo("{\"QueueUrl\":\"q\"}");
  }

  @Test
  void requestResponseFails() {
    var scenario =
        task("arn:aws:states:::sqs:sendMessage", "").start("{}").fail("T", "SQS.X", "why");

    assertThat(scenario.history())
        .endsWith("5<-4 TaskFailed{SQS.X}", "6<-5 ExecutionFailed{SQS.X}");
  }

  @Test
  void requestResponseTimesOutAfterTaskStarted() {
    var scenario = task("arn:aws:states:::sqs:sendMessage", "\"TimeoutSeconds\":1").start("{}");

    scenario.skip();

    assertThat(scenario.history())
        .endsWith(
            "4<-3 TaskStarted",
            "5<-4 TaskTimedOut{States.Timeout}",
            "6<-5 ExecutionFailed{States.Timeout}");
  }

  private static DecisionScenario callback(String fields) {
    return task(
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "\"Parameters\":{\"MessageBody\":{\"token.$\":\"$$.Task.Token\"}}" + fields);
  }

  private static String token(DecisionScenario scenario) {
    return scenario.task("T").parameters().tree().at("/MessageBody/token").stringValue();
  }

  @Test
  void callbackWaitsForItsToken() {
    var scenario = callback("").start("{}");
    var token = token(scenario);

    scenario.succeed("T", "{\"MessageId\":\"1\"}");
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(scenario.succeedToken(token, "{\"ok\":true}")).isEqualTo(Reply.DONE);

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 TaskStateEntered{T}",
            "3<-2 TaskScheduled",
            "4<-3 TaskStarted",
            "5<-4 TaskSubmitted",
            "6<-5 TaskSucceeded",
            "7<-6 TaskStateExited{T}",
            "8<-7 ExecutionSucceeded");
    assertThat(scenario.output()).isEqualTo("{\"ok\":true}");
    assertThat(scenario.succeedToken(token, "{}")).isEqualTo(Reply.GONE);
  }

  @Test
  void callbackFailsWithoutErrorOrCause() {
    var scenario = callback("").start("{}");
    var token = token(scenario);

    scenario.succeed("T", "{}");
    scenario.failToken(token, null, null);

    assertThat(scenario.history())
        .endsWith("5<-4 TaskSubmitted", "6<-5 TaskFailed", "7<-6 ExecutionFailed");
    assertThat(scenario.execution().error()).isNull();
  }

  @Test
  void callbackTimesOutAfterTaskSubmitted() {
    var scenario = callback(",\"TimeoutSeconds\":60").start("{}").succeed("T", "{}");

    assertThat(scenario.skip()).isEqualTo(Duration.ofMinutes(1));

    assertThat(scenario.history())
        .endsWith("6<-5 TaskTimedOut{States.Timeout}", "7<-6 ExecutionFailed{States.Timeout}");
  }

  @Test
  void callbackWhoseCallFailsIsNotSubmitted() {
    var scenario = callback("").start("{}").fail("T", "SQS.X", "why");

    assertThat(scenario.history())
        .endsWith("5<-4 TaskFailed{SQS.X}", "6<-5 ExecutionFailed{SQS.X}");
  }

  @Test
  void heartbeatsKeepACallbackAlive() {
    var scenario = callback(",\"HeartbeatSeconds\":10").start("{}");
    var token = token(scenario);
    scenario.succeed("T", "{}");

    for (var i = 0; i < 5; i++) {
      scenario.advance(Duration.ofSeconds(9));
      assertThat(scenario.heartbeat(token)).isEqualTo(Reply.DONE);
    }
    scenario.advance(Duration.ofMillis(9_999));
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);
    scenario.advance(Duration.ofMillis(1));

    assertThat(scenario.history())
        .endsWith("6<-5 TaskTimedOut{States.Timeout}", "7<-6 ExecutionFailed{States.Timeout}");
    assertThat(scenario.heartbeat(token)).isEqualTo(Reply.GONE);
  }

  @Test
  void missedHeartbeatIsCaughtByItsOwnName() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"T","States":{"T":{"Type":"Task",
                 "Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                 "Parameters":{"MessageBody.$":"$$.Task.Token"},"HeartbeatSeconds":5,
                 "Catch":[{"ErrorEquals":["States.HeartbeatTimeout"],"Next":"C"}],"End":true},
                 "C":{"Type":"Pass","End":true}}}""")
            .start("{}");

    scenario.skip();

    assertThat(scenario.output()).isEqualTo("{\"Error\":\"States.Timeout\",\"Cause\":\"\"}");
  }

  @Test
  void timeoutIsNotCaughtByTheHeartbeatsName() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"T","States":{"T":{"Type":"Task",
                 "Resource":"arn:aws:states:::sqs:sendMessage","TimeoutSeconds":5,
                 "Catch":[{"ErrorEquals":["States.HeartbeatTimeout","States.TaskFailed"],
                 "Next":"C"}],"End":true},"C":{"Type":"Pass","End":true}}}""")
            .start("{}");

    scenario.skip();

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void outcomeOfAnOldAttemptIsStale() {
    var scenario = task(LAMBDA, "\"TimeoutSeconds\":5").start("{}");
    var task = scenario.task("T").task();
    scenario.skip();
    var events = scenario.history();

    var reply =
        scenario.send(
            new Command.AnswerTask(
                task.scopeId(), task.stamp(), new Outcome.Failure("late", null)));

    assertThat(reply).isEqualTo(Reply.GONE);
    assertThat(scenario.history()).isEqualTo(events);
  }

  @Test
  void restartDispatchesTheSameAttemptAgain() {
    var scenario = task(LAMBDA, "").start("{\"a\":1}");
    var before = scenario.task("T");

    scenario.restart();

    assertThat(scenario.task("T").task()).isEqualTo(before.task());
    assertThat(scenario.task("T").parameters()).isEqualTo(before.parameters());
    assertThat(scenario.task("T").invocations()).isEqualTo(2);
    assertThat(scenario.succeed("T", "1").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void restartDoesNotRepeatASubmittedCall() {
    var scenario = callback("").start("{}");
    var token = token(scenario);
    scenario.succeed("T", "{}");

    scenario.restart();

    assertThat(scenario.openTasks()).isEmpty();
    scenario.succeedToken(token, "1");
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void timeoutAndHeartbeatMayComeFromPaths() {
    var scenario =
        callback(",\"TimeoutSecondsPath\":\"$.t\",\"HeartbeatSecondsPath\":\"$.h\"")
            .start("{\"t\":30,\"h\":20}");

    var scheduled = (EventDetails.TaskScheduled) scenario.event(3).details();
    assertThat(scheduled.timeoutSeconds()).isEqualTo(30L);
    assertThat(scheduled.heartbeatSeconds()).isEqualTo(20L);
    assertThat(scenario.skip()).isEqualTo(Duration.ofSeconds(20));
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void badParametersFailBeforeScheduling() {
    var scenario =
        task("arn:aws:states:::sqs:sendMessage", "\"Parameters\":{\"a.$\":\"$.nope\"}").start("{}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 TaskStateEntered{T}",
            "3<-2 ExecutionFailed{States.Runtime}");
  }

  @Test
  void credentialsAreShownAndHandedOn() {
    var scenario =
        task(LAMBDA, "\"Credentials\":{\"RoleArn.$\":\"$.role\"}").start("{\"role\":\"r1\"}");

    assertThat(((EventDetails.LambdaScheduled) scenario.event(3).details()).credentialsRoleArn())
        .isEqualTo("r1");
  }
}
