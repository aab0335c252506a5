package io.stepwise.engine.execution;

import io.stepwise.asl.model.StateMachineDefinition;
import io.stepwise.asl.model.StateMachineType;
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
    String stateMachineArn,
    String name,
    StateMachineType type,
    String roleArn,
    String revisionId,
    StateMachineDefinition definition) {

  public StateMachineRevision {
    Objects.requireNonNull(stateMachineArn);
    Objects.requireNonNull(definition);
  }

  /** The region of the state machine. */
  public String region() {
    return part(3);
  }

  /** The account of the state machine. */
  public String account() {
    return part(4);
  }

  /** The partition of the state machine, e.g. {@code aws}. */
  public String partition() {
    return part(1);
  }

  private String part(int index) {
    return stateMachineArn.split(":", -1)[index];
  }
}
