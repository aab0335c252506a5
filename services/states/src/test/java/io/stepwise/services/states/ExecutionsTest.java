package io.stepwise.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.engine.execution.TaskToken;
import io.stepwise.expression.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExecutionsTest {
  private static final String EXECUTION = "arn:aws:states:us-east-1:123456789012:execution:";
  private final TestingApi api = new TestingApi();

  @Test
  void startsDescribesAndTellsTheHistory() {
    var machine = api.create("m", TestingApi.PASS);

    var started =
        api.call("StartExecution", "stateMachineArn", machine, "name", "e", "input", "{\"a\": 1}");
    assertThat(started.text)
        .isEqualTo("{\"executionArn\":\"" + EXECUTION + "m:e\",\"startDate\":1800000000.005}");

    assertThat(api.call("DescribeExecution", "executionArn", EXECUTION + "m:e").text)
        .isEqualTo(
            "{\"executionArn\":\"%sm:e\",\"stateMachineArn\":\"%s\",\"name\":\"e\",\"status\":\"SUCCEEDED\",\"startDate\":1800000000.005,\"stopDate\":1800000000.005,\"input\":\"{\\\"a\\\": 1}\",\"inputDetails\":{\"included\":true},\"output\":\"{\\\"a\\\": 1}\",\"outputDetails\":{\"included\":true},\"redriveCount\":0,\"redriveStatus\":\"NOT_REDRIVABLE\",\"redriveStatusReason\":\"Execution is SUCCEEDED and cannot be redriven\"}"
                .formatted(EXECUTION, machine));

    var history = api.call("GetExecutionHistory", "executionArn", EXECUTION + "m:e");
    assertThat(history.body().path("events").valueStream().map(e -> e.path("type").asString()))
        .containsExactly(
            "ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded");
    assertThat(history.text)
        .contains(
            "{\"timestamp\":1800000000.005,\"type\":\"PassStateEntered\",\"id\":2,\"previousEventId\":0,\"stateEnteredEventDetails\":{\"name\":\"P\",\"input\":\"{\\\"a\\\": 1}\",\"inputDetails\":{\"truncated\":false}}}");
  }

  @Test
  void leavesDataOutOfAHistoryThatIsToHaveNone() {
    var machine = api.create("m", TestingApi.PASS);
    api.ok("StartExecution", "stateMachineArn", machine, "name", "e");

    var history =
        api.call(
            "GetExecutionHistory",
            "executionArn",
            EXECUTION + "m:e",
            "includeExecutionData",
            false);
    assertThat(history.text)
        .contains("\"executionStartedEventDetails\":{\"roleArn\":\"arn:role\"}")
        .doesNotContain("inputDetails", "outputDetails", "\"input\"", "\"output\"");
  }

  @Test
  void pagesThroughAHistoryInBothDirections() {
    var machine = api.create("m", TestingApi.PASS);
    api.ok("StartExecution", "stateMachineArn", machine, "name", "e");

    assertThat(historyIds(false)).containsExactly(List.of(1L, 2L, 3L), List.of(4L));
    assertThat(historyIds(true)).containsExactly(List.of(4L, 3L, 2L), List.of(1L));
  }

  private List<List<Long>> historyIds(boolean reverse) {
    var pages = new ArrayList<List<Long>>();
    Object[] input = {"executionArn", EXECUTION + "m:e", "maxResults", 3, "reverseOrder", reverse};
    while (true) {
      var page = api.ok("GetExecutionHistory", input);
      pages.add(page.path("events").valueStream().map(e -> e.path("id").longValue()).toList());
      if (!page.has("nextToken")) {
        return pages;
      }
      input =
          new Object[] {
            "executionArn",
            EXECUTION + "m:e",
            "maxResults",
            3,
            "reverseOrder",
            reverse,
            "nextToken",
            page.path("nextToken").asString()
          };
    }
  }

  @Test
  void listsNewestFirstAndByStatus() {
    var machine = api.create("m", TestingApi.PASS);
    for (var name : List.of("a", "b", "c", "d")) {
      api.ok("StartExecution", "stateMachineArn", machine, "name", name);
    }

    var first = api.ok("ListExecutions", "stateMachineArn", machine, "maxResults", 3);
    assertThat(names(first)).containsExactly("d", "c", "b");
    var token = first.path("nextToken").asString();
    var last =
        api.ok("ListExecutions", "stateMachineArn", machine, "maxResults", 1, "nextToken", token);
    assertThat(names(last)).containsExactly("a");
    assertThat(last.has("nextToken")).isFalse();

    assertThat(
            names(api.ok("ListExecutions", "stateMachineArn", machine, "statusFilter", "FAILED")))
        .isEmpty();
    assertThat(
            names(
                api.ok("ListExecutions", "stateMachineArn", machine, "statusFilter", "SUCCEEDED")))
        .hasSize(4);
  }

  private static List<String> names(JsonNode page) {
    return page.path("executions").valueStream().map(e -> e.path("name").asString()).toList();
  }

  @Test
  void listsByVersionOnlyWhatWasStartedThroughIt() {
    var machine = api.create("m", TestingApi.PASS, "publish", true);
    api.ok(
        "CreateStateMachineAlias",
        "name",
        "live",
        "routingConfiguration",
        List.of(Map.of("stateMachineVersionArn", machine + ":1", "weight", 100)));
    api.ok("StartExecution", "stateMachineArn", machine, "name", "plain");
    api.ok("StartExecution", "stateMachineArn", machine + ":1", "name", "version");
    api.ok("StartExecution", "stateMachineArn", machine + ":live", "name", "alias");

    assertThat(names(api.ok("ListExecutions", "stateMachineArn", machine))).hasSize(3);
    assertThat(names(api.ok("ListExecutions", "stateMachineArn", machine + ":1")))
        .containsExactly("alias", "version");
    assertThat(names(api.ok("ListExecutions", "stateMachineArn", machine + ":live")))
        .containsExactly("alias");
  }

  @Test
  void aTokenIsBoundToItsCallAndForADay() {
    var machine = api.create("m", TestingApi.PASS);
    var other = api.create("n", TestingApi.PASS);
    for (var name : List.of("a", "b")) {
      api.ok("StartExecution", "stateMachineArn", machine, "name", name);
    }
    var token =
        api.ok("ListExecutions", "stateMachineArn", machine, "maxResults", 1)
            .path("nextToken")
            .asString();
    var invalid = "InvalidToken: Invalid Token: 'Invalid token'";

    assertThat(api.call("ListExecutions", "stateMachineArn", other, "nextToken", token).error())
        .isEqualTo(invalid);
    assertThat(
            api.call("ListExecutions", "stateMachineArn", machine, "nextToken", token + "A")
                .error())
        .isEqualTo(invalid);
    assertThat(api.call("ListStateMachines", "nextToken", token).error()).isEqualTo(invalid);
    assertThat(api.call("ListStateMachines", "nextToken", "nope").error()).isEqualTo(invalid);
    api.nowMillis += 24 * 3_600_000L;
    assertThat(api.call("ListExecutions", "stateMachineArn", machine, "nextToken", token).error())
        .isEqualTo(invalid);
  }

  @Test
  void startsTheSameOnlyOnce() {
    var machine = api.create("m", TestingApi.WAIT);
    Object[] same = {"stateMachineArn", machine, "name", "e", "input", "{\"a\":1}"};
    var first = api.ok("StartExecution", same);

    assertThat(api.ok("StartExecution", same)).isEqualTo(first);
    assertThat(
            api.call("StartExecution", "stateMachineArn", machine, "name", "e", "input", "{}")
                .error())
        .isEqualTo("ExecutionAlreadyExists: Execution Already Exists: '" + EXECUTION + "m:e'");
  }

  @Test
  void refusesInputThatIsNotJson() {
    var machine = api.create("m", TestingApi.PASS);
    var start = "InvalidExecutionInput: Invalid State Machine Execution Input: '";

    assertThat(api.call("StartExecution", "stateMachineArn", machine, "input", "").error())
        .isEqualTo(start + "Invalid execution input.'");
    assertThat(api.call("StartExecution", "stateMachineArn", machine, "input", "{'a': 1}").error())
        .isEqualTo(
            start
                + "Unexpected character (''' (code 39)): was expecting double-quote to start field"
                + " name'");
    assertThat(api.call("StartExecution", "stateMachineArn", machine, "input", "not json").error())
        .startsWith(start + "Unrecognized token 'not': was expecting (JSON String, Number,");
  }

  @Test
  void tellsWrongArnsFromMissingThings() {
    assertThat(api.call("DescribeExecution", "executionArn", "nope").error())
        .isEqualTo("InvalidArn: Invalid Arn: 'Invalid ARN prefix: nope'");
    assertThat(
            api.call(
                    "StopExecution",
                    "executionArn",
                    "arn:aws:states:us-east-1:123456789012:express:m:e:u")
                .error())
        .isEqualTo("InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'");
    assertThat(api.call("StopExecution", "executionArn", EXECUTION + "m:e").error())
        .isEqualTo("ExecutionDoesNotExist: Execution Does Not Exist: '" + EXECUTION + "m:e'");
  }

  @Test
  void stopsAndTellsWhen() {
    var machine = api.create("m", TestingApi.WAIT);
    api.ok("StartExecution", "stateMachineArn", machine, "name", "e");
    api.nowMillis += 1_000;

    assertThat(
            api.call("StopExecution", "executionArn", EXECUTION + "m:e", "error", "E", "cause", "C")
                .text)
        .isEqualTo("{\"stopDate\":1800000001.005}");
    assertThat(api.call("StopExecution", "executionArn", EXECUTION + "m:e").text)
        .isEqualTo("{\"stopDate\":1800000001.005}");
    var described = api.ok("DescribeExecution", "executionArn", EXECUTION + "m:e");
    assertThat(described.path("status").asString()).isEqualTo("ABORTED");
    assertThat(described.path("error").asString()).isEqualTo("E");
    assertThat(described.path("redriveStatus").asString()).isEqualTo("REDRIVABLE");
  }

  @Test
  void redrivesOnceForATokenAndTellsWhen() {
    var machine = api.create("m", TestingApi.WAIT);
    api.ok("StartExecution", "stateMachineArn", machine, "name", "e");
    api.ok("StopExecution", "executionArn", EXECUTION + "m:e", "error", "E", "cause", "C");
    api.nowMillis += 1_000;

    for (var times = 0; times < 2; times++) {
      var answer =
          api.call("RedriveExecution", "executionArn", EXECUTION + "m:e", "clientToken", "once");
      assertThat(answer.text).isEqualTo("{\"redriveDate\":1800000001.005}");
    }

    var described = api.ok("DescribeExecution", "executionArn", EXECUTION + "m:e");
    assertThat(described.path("status").asString()).isEqualTo("RUNNING");
    assertThat(described.path("redriveCount").asInt()).isEqualTo(1);
    assertThat(described.path("redriveDate").asDouble()).isEqualTo(1_800_000_001.005);
    assertThat(described.path("redriveStatusReason").asString())
        .isEqualTo("Execution is RUNNING and cannot be redriven");
    assertThat(described.propertyNames()).doesNotContain("stopDate", "error", "cause");
    assertThat(api.call("GetExecutionHistory", "executionArn", EXECUTION + "m:e").text)
        .contains(
            "{\"timestamp\":1800000001.005,\"type\":\"ExecutionRedriven\",\"id\":4,"
                + "\"previousEventId\":3,\"executionRedrivenEventDetails\":{\"redriveCount\":1}}");
    assertThat(
            api.ok("ListExecutions", "stateMachineArn", machine, "statusFilter", "RUNNING")
                .path("executions")
                .path(0)
                .path("redriveCount")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void refusesToRedriveWhatCannotBe() {
    var machine = api.create("m", TestingApi.WAIT);
    api.ok("StartExecution", "stateMachineArn", machine, "name", "e");

    assertThat(api.call("RedriveExecution", "executionArn", EXECUTION + "m:e").error())
        .isEqualTo("ExecutionNotRedrivable: Execution is RUNNING and cannot be redriven");
    assertThat(api.call("RedriveExecution", "executionArn", EXECUTION + "m:other").error())
        .isEqualTo("ExecutionDoesNotExist: Execution Does Not Exist: '" + EXECUTION + "m:other'");
    assertThat(
            api.call(
                    "RedriveExecution",
                    "executionArn",
                    "arn:aws:states:us-east-1:123456789012:express:m:e:1")
                .error())
        .isEqualTo("InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'");

    api.ok("StopExecution", "executionArn", EXECUTION + "m:e");
    api.ok("DeleteStateMachine", "stateMachineArn", machine);
    assertThat(api.call("RedriveExecution", "executionArn", EXECUTION + "m:e").error())
        .isEqualTo("ExecutionNotRedrivable: State machine is in DELETING status.");
  }

  @Test
  void anExpressExecutionAnswersWithItsEndAndItsBill() {
    var machine = api.create("x", TestingApi.PASS, "type", "EXPRESS");
    var answer = api.ok("StartSyncExecution", "stateMachineArn", machine, "name", "e");

    assertThat(answer.path("executionArn").asString())
        .startsWith("arn:aws:states:us-east-1:123456789012:express:x:e:");
    assertThat(answer.path("output").asString()).isEqualTo("{\"done\":true}");
    assertThat(answer.path("billingDetails").toString())
        .isEqualTo("{\"billedDurationInMilliseconds\":200,\"billedMemoryUsedInMB\":64}");

    assertThat(api.call("ListExecutions", "stateMachineArn", machine).error())
        .startsWith("StateMachineTypeNotSupported");
    assertThat(
            api.call("StartSyncExecution", "stateMachineArn", api.create("m", TestingApi.PASS))
                .error())
        .startsWith("StateMachineTypeNotSupported");
  }

  @Test
  void aWorkerWaitsWithoutAThreadAndMayLeave() {
    var activity = api.ok("CreateActivity", "name", "a").path("activityArn").asString();
    var waiting = api.call("GetActivityTask", "activityArn", activity, "workerName", "w");
    assertThat(waiting.status).isZero();

    var poll = api.gateway.polls.getFirst();
    assertThat(poll.workerName).isEqualTo("w");
    poll.reply.complete(new Reply.ActivityTask("token", Payload.ofTrustedText("{\"a\":1}")));
    assertThat(waiting.text).isEqualTo("{\"taskToken\":\"token\",\"input\":\"{\\\"a\\\":1}\"}");

    var leaving = api.call("GetActivityTask", "activityArn", activity);
    var action = leaving.closeAction;
    assertThat(action).isNotNull();
    if (action != null) {
      action.run();
    }
    assertThat(api.gateway.polls.getLast().cancelled).isTrue();
    api.gateway.polls.getLast().reply.complete(Reply.GONE);
    assertThat(leaving.text).isEqualTo("{}");
  }

  @Test
  void passesOnWhatWorkersSay() {
    var token = TaskToken.of(new TaskRef(7, 2, 3));
    api.gateway.reply = Reply.DONE;

    assertThat(api.call("SendTaskSuccess", "taskToken", token, "output", "1").text).isEqualTo("{}");
    api.ok("SendTaskFailure", "taskToken", token, "error", "E");
    api.ok("SendTaskHeartbeat", "taskToken", token);
    assertThat(api.gateway.sent)
        .containsExactly(
            new Command.SettleTask(2, 3, new Outcome.Success(Payload.ofTrustedText("1"))),
            new Command.SettleTask(2, 3, new Outcome.Failure("E", null)),
            new Command.HeartbeatTask(2, 3));

    assertThat(api.call("SendTaskHeartbeat", "taskToken", "nope").error())
        .isEqualTo("InvalidToken: Invalid Token: 'Invalid token'");
    assertThat(api.call("SendTaskSuccess", "taskToken", token, "output", "{").error())
        .startsWith("InvalidOutput: ");
    api.gateway.reply = Reply.GONE;
    assertThat(api.call("SendTaskHeartbeat", "taskToken", token).error())
        .startsWith("TaskDoesNotExist");
  }

  @Test
  void aTaskOfAClosedExecutionHasTimedOut() {
    var machine = api.create("m", TestingApi.PASS);
    api.ok("StartExecution", "stateMachineArn", machine, "name", "e");
    var id = api.store.find(EXECUTION + "m:e").orElseThrow();
    api.gateway.reply = Reply.GONE;

    assertThat(
            api.call("SendTaskHeartbeat", "taskToken", TaskToken.of(new TaskRef(id, 0, 1))).error())
        .isEqualTo("TaskTimedOut: Task Timed Out: 'Provided task does not exist anymore'");
  }
}
