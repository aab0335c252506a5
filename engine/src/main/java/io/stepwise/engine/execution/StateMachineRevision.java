package io.stepwise.engine.execution;

import io.stepwise.asl.model.StateMachineDefinition;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.StateMachineArn;
import java.util.Objects;

/**
 * What an execution is pinned to when it starts: the compiled definition and the role, whatever
 * happens to the state machine later.
 *
 * @param id names this revision in storage
 * @param stateMachineArn ARN without a qualifier
 * @param revisionId AWS's name of the revision; empty for the first
 */
public record StateMachineRevision(
    long id,
    StateMachineArn stateMachineArn,
    String name,
    StateMachineType type,
    String roleArn,
    String revisionId,
    StateMachineDefinition definition) {

  public StateMachineRevision {
    Objects.requireNonNull(stateMachineArn);
    Objects.requireNonNull(definition);
  }

  /** Where the state machine is. */
  public AwsLocation location() {
    return stateMachineArn.location();
  }
}
