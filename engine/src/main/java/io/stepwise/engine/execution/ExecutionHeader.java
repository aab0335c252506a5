package io.stepwise.engine.execution;

import io.stepwise.aws.ExecutionArn;
import io.stepwise.expression.Payload;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What never changes about an execution.
 *
 * @param id names the execution in storage; ordered by start
 * @param graphIndex the graph it runs: 0, or that of an item processor for a child of a map run
 * @param label label of the map run's state, or empty
 * @param startMillis when it started. Units: milliseconds since 1970
 * @param parent whom to tell, or null
 * @param testCase the test case of the mock configuration that answers its tasks, or null
 * @param synchronous whether a client waits for the end of an Express execution
 */
public record ExecutionHeader(
    long id,
    ExecutionArn arn,
    String name,
    StateMachineRevision machine,
    int graphIndex,
    String label,
    Payload input,
    long startMillis,
    @Nullable String versionArn,
    @Nullable String aliasArn,
    @Nullable String traceHeader,
    @Nullable ParentLink parent,
    @Nullable String testCase,
    boolean synchronous) {

  /** One that nobody waits for. */
  public ExecutionHeader(
      long id,
      ExecutionArn arn,
      String name,
      StateMachineRevision machine,
      int graphIndex,
      String label,
      Payload input,
      long startMillis,
      @Nullable String versionArn,
      @Nullable String aliasArn,
      @Nullable String traceHeader,
      @Nullable ParentLink parent,
      @Nullable String testCase) {
    this(
        id,
        arn,
        name,
        machine,
        graphIndex,
        label,
        input,
        startMillis,
        versionArn,
        aliasArn,
        traceHeader,
        parent,
        testCase,
        false);
  }

  /** Without a test case. */
  public ExecutionHeader(
      long id,
      ExecutionArn arn,
      String name,
      StateMachineRevision machine,
      int graphIndex,
      String label,
      Payload input,
      long startMillis,
      @Nullable String versionArn,
      @Nullable String aliasArn,
      @Nullable String traceHeader,
      @Nullable ParentLink parent) {
    this(
        id,
        arn,
        name,
        machine,
        graphIndex,
        label,
        input,
        startMillis,
        versionArn,
        aliasArn,
        traceHeader,
        parent,
        null);
  }

  public ExecutionHeader {
    Objects.requireNonNull(arn);
    Objects.requireNonNull(machine);
    Objects.requireNonNull(input);
  }

  /** Whether it is a child of a map run: no execution of its own in lists and figures. */
  public boolean isMapRunChild() {
    return parent instanceof ParentLink.MapRunChild;
  }

  /** Whether it runs in memory only. */
  public boolean isExpress() {
    return arn.isExpress();
  }
}
