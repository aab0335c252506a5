package io.stepwise.runtime.port;

import io.stepwise.aws.ExecutionArn;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.expression.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A request to start an execution.
 *
 * @param machine the revision it will be pinned to
 * @param executionArn its ARN; unique for STANDARD, with a random last part for EXPRESS
 * @param graphIndex the graph to run: 0, or that of an item processor for a child of a map run
 * @param label label of the map run's state, or empty
 * @param versionArn the version it was started by, or null
 * @param aliasArn the alias it was started by, or null
 * @param parent whom to tell how it ended, or null
 * @param testCase the test case of the mock configuration that answers its tasks, or null
 */
public record StartRequest(
    StateMachineRevision machine,
    ExecutionArn executionArn,
    String name,
    Payload input,
    int graphIndex,
    String label,
    @Nullable String versionArn,
    @Nullable String aliasArn,
    @Nullable String traceHeader,
    @Nullable ParentLink parent,
    @Nullable String testCase) {

  /** A request of a client: the whole machine, no parent, no test case. */
  public static StartRequest ofClient(
      StateMachineRevision machine,
      ExecutionArn executionArn,
      String name,
      Payload input,
      @Nullable String versionArn,
      @Nullable String aliasArn,
      @Nullable String traceHeader) {
    return ofClient(machine, executionArn, name, input, versionArn, aliasArn, traceHeader, null);
  }

  /** A request of a client that may name a test case. */
  public static StartRequest ofClient(
      StateMachineRevision machine,
      ExecutionArn executionArn,
      String name,
      Payload input,
      @Nullable String versionArn,
      @Nullable String aliasArn,
      @Nullable String traceHeader,
      @Nullable String testCase) {
    return new StartRequest(
        machine,
        executionArn,
        name,
        input,
        0,
        "",
        versionArn,
        aliasArn,
        traceHeader,
        null,
        testCase);
  }
}
