package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The calls of functions are found in a history, each with its state, its times and its end. */
final class LambdaAttemptsTest {
  private static List<JsonNode> history(String... events) {
    var history = new ArrayList<JsonNode>();
    for (var event : events) {
      history.add(Json.parseTrusted(event.replace('\'', '"')));
    }
    return history;
  }

  @Test
  void everyTryOfAFunctionIsACallOfItsOwn() {
    var calls =
        LambdaAttempts.of(
            history(
                "{'id':1,'previousEventId':0,'type':'ExecutionStarted','timestamp':1}",
                "{'id':2,'previousEventId':0,'type':'TaskStateEntered','timestamp':1,"
                    + "'stateEnteredEventDetails':{'name':'Charge'}}",
                "{'id':3,'previousEventId':2,'type':'LambdaFunctionScheduled','timestamp':1.5,"
                    + "'lambdaFunctionScheduledEventDetails':{'resource':'arn:f'}}",
                "{'id':4,'previousEventId':3,'type':'LambdaFunctionStarted','timestamp':1.5}",
                "{'id':5,'previousEventId':4,'type':'LambdaFunctionFailed','timestamp':2.25}",
                "{'id':6,'previousEventId':5,'type':'LambdaFunctionScheduled','timestamp':3,"
                    + "'lambdaFunctionScheduledEventDetails':{'resource':'arn:f'}}"));

    assertThat(calls).extracting(LambdaAttempts.Attempt::state).containsExactly("Charge", "Charge");
    assertThat(calls.getFirst().fromMillis()).isEqualTo(1_500);
    assertThat(calls.getFirst().toMillis()).isEqualTo(2_250);
    assertThat(calls.getFirst().end()).isEqualTo("failed");
    assertThat(calls.getLast().isOver()).isFalse();
  }

  @Test
  void theRequestIdOfACallIsInItsAnswer() {
    var calls =
        LambdaAttempts.of(
            history(
                "{'id':2,'previousEventId':0,'type':'TaskStateEntered','timestamp':1,"
                    + "'stateEnteredEventDetails':{'name':'A'}}",
                "{'id':3,'previousEventId':2,'type':'TaskScheduled','timestamp':1,"
                    + "'taskScheduledEventDetails':{'resourceType':'lambda','resource':'invoke',"
                    + "'parameters':'{\\'FunctionName\\':\\'charge\\'}'}}",
                "{'id':4,'previousEventId':3,'type':'TaskStarted','timestamp':1}",
                "{'id':5,'previousEventId':4,'type':'TaskSucceeded','timestamp':2,"
                    + "'taskSucceededEventDetails':{'output':"
                    + "'{\\'SdkResponseMetadata\\':{\\'RequestId\\':\\'r-1\\'}}'}}",
                "{'id':6,'previousEventId':5,'type':'TaskScheduled','timestamp':3,"
                    + "'taskScheduledEventDetails':{'resourceType':'sqs','parameters':'{}'}}"));

    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().function()).isEqualTo("charge");
    assertThat(calls.getFirst().requestId()).isEqualTo("r-1");
    assertThat(calls.getFirst().end()).isEqualTo("succeeded");
  }
}
