package io.stepwise.engine.teststate;

import io.stepwise.asl.model.State;
import io.stepwise.asl.model.StateGraph;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.expression.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a state is tested with.
 *
 * @param header the execution it is told it runs in; its graph is the one that holds the state
 * @param stateName the state
 * @param variables the workflow's variables before the state
 * @param context the Context object as the client gives it, or null for one made up
 * @param roleArn the role, or null
 * @param retryCount retries that each retrier has made already
 */
public record TrialSetup(
    ExecutionHeader header,
    String stateName,
    Map<String, Payload> variables,
    @Nullable ObjectNode context,
    @Nullable String roleArn,
    int retryCount) {

  public TrialSetup {
    variables = Map.copyOf(variables);
  }

  /** The graph that holds the state. */
  public StateGraph graph() {
    return header.machine().definition().graphs().get(header.graphIndex());
  }

  /** The state. */
  public State state() {
    return graph().state(stateName);
  }
}
