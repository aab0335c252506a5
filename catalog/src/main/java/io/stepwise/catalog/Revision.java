package io.stepwise.catalog;

import io.stepwise.asl.model.StateMachineType;
import java.util.Objects;

/**
 * What a client made of a state machine at one time; never changes.
 *
 * @param id names it in storage; ascending
 * @param machineArn ARN without a qualifier
 * @param revisionId AWS's name of it; empty for the first
 * @param definition the text, as the client sent it
 * @param createdMillis when. Units: milliseconds since 1970
 */
public record Revision(
    long id,
    String machineArn,
    String name,
    StateMachineType type,
    String roleArn,
    String revisionId,
    String definition,
    Settings settings,
    long createdMillis) {

  /** How AWS names a first revision where it must have a name. */
  public static final String INITIAL = "INITIAL";

  public Revision {
    Objects.requireNonNull(machineArn);
    Objects.requireNonNull(definition);
    Objects.requireNonNull(settings);
  }

  boolean says(String definition, String roleArn, Settings settings) {
    return this.definition.equals(definition)
        && this.roleArn.equals(roleArn)
        && this.settings.equals(settings);
  }
}
