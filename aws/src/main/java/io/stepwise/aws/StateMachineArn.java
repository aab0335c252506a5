package io.stepwise.aws;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Names a state machine: {@code …:states:…:stateMachine:<name>[/<label>][:<qualifier>]}. A label
 * names the processor of one of its Map states, a qualifier a version (its number) or an alias.
 */
public final class StateMachineArn extends Arn {
  static final String TYPE = "stateMachine";

  private static final int VERSION_DIGITS_MAX = 9;

  private final String name;
  private final @Nullable String label;
  private final @Nullable String qualifier;

  StateMachineArn(String text) {
    super(text);
    var resource = resourceId();
    var colon = resource.indexOf(':');
    var labelled = colon < 0 ? resource : resource.substring(0, colon);
    var slash = labelled.indexOf('/');
    this.name = slash < 0 ? labelled : labelled.substring(0, slash);
    this.label = slash < 0 ? null : labelled.substring(slash + 1);
    this.qualifier = colon < 0 ? null : resource.substring(colon + 1);
  }

  static StateMachineArn of(
      AwsLocation location, String name, @Nullable String label, @Nullable String qualifier) {
    return new StateMachineArn(
        location.prefix(STATES)
            + TYPE
            + ":"
            + name
            + (label == null ? "" : "/" + label)
            + (qualifier == null ? "" : ":" + qualifier));
  }

  /**
   * The ARN that the text is known to be.
   *
   * <p>Errors: IllegalArgumentException where it is another.
   */
  public static StateMachineArn of(String text) {
    if (Arn.parse(text).orElse(null) instanceof StateMachineArn arn) {
      return arn;
    }
    throw new IllegalArgumentException("Expected the ARN of a state machine, found " + text);
  }

  /** The state machine's name. */
  public String name() {
    return name;
  }

  /** The label, or null. */
  public @Nullable String label() {
    return label;
  }

  /** Version or alias, or null. */
  public @Nullable String qualifier() {
    return qualifier;
  }

  /** The number of the version it names; empty for an alias and where there is no qualifier. */
  public OptionalInt version() {
    var digits = qualifier;
    if (digits == null
        || digits.isEmpty()
        || digits.length() > VERSION_DIGITS_MAX
        || digits.charAt(0) == '0'
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(digits));
  }

  /** The state machine itself, without label and qualifier. */
  public StateMachineArn unqualified() {
    return label == null && qualifier == null ? this : of(location(), name, null, null);
  }

  /** A version or an alias of it. */
  public StateMachineArn qualified(String versionOrAlias) {
    return of(location(), name, label, versionOrAlias);
  }

  /** The start of the ARNs of its executions: all but their names. */
  public String executionPrefix(boolean express) {
    return ExecutionArn.of(location(), express, name, "").text();
  }

  /** A Standard execution of it. */
  public ExecutionArn execution(String executionName) {
    return ExecutionArn.of(location(), false, name, executionName);
  }

  /**
   * A run of it as an Express execution.
   *
   * @param runId tells runs of the same name apart
   */
  public ExecutionArn expressExecution(String executionName, String runId) {
    return ExecutionArn.of(location(), true, name, executionName + ":" + runId);
  }

  /** A child execution of a map run, for the Map state of that label; its name is its run's id. */
  public ExecutionArn child(String mapLabel, String childName, boolean express) {
    var id = express ? childName + ":" + childName : childName;
    return ExecutionArn.of(location(), express, name + "/" + mapLabel, id);
  }

  /** A map run of one of its executions. */
  public MapRunArn mapRun(String mapLabel, String runId) {
    return new MapRunArn(
        location().prefix(STATES) + MapRunArn.TYPE + ":" + name + "/" + mapLabel + ":" + runId);
  }
}
