package io.stepwise.aws;

import org.jspecify.annotations.Nullable;

/**
 * Names an execution. Standard: {@code …:execution:<machine>:<name>}; Express: {@code
 * …:express:<machine>:<name>:<run>}. A child of a map run has the machine's name with the label of
 * the Map state, {@code <machine>/<label>}.
 */
public final class ExecutionArn extends Arn {
  static final String STANDARD = "execution";
  static final String EXPRESS = "express";

  private final boolean express;

  private ExecutionArn(String text, boolean express) {
    super(text);
    this.express = express;
  }

  static ExecutionArn read(Arn arn) {
    return new ExecutionArn(arn.text(), arn.resourceType().equals(EXPRESS));
  }

  /**
   * Of a state machine.
   *
   * @param machine its name; for a child of a map run, with the label of the Map state
   * @param id the execution's name; for an Express execution, with the id of its run
   */
  static ExecutionArn of(AwsLocation location, boolean express, String machine, String id) {
    var type = express ? EXPRESS : STANDARD;
    return new ExecutionArn(location.prefix(STATES) + type + ":" + machine + ":" + id, express);
  }

  /**
   * The ARN that the text is known to be.
   *
   * <p>Errors: IllegalArgumentException where it is another.
   */
  public static ExecutionArn of(String text) {
    if (Arn.parse(text).orElse(null) instanceof ExecutionArn arn) {
      return arn;
    }
    throw new IllegalArgumentException("Expected the ARN of an execution, found " + text);
  }

  /** Whether it is an Express execution. */
  public boolean isExpress() {
    return express;
  }

  /** Whether it is a child of a map run. */
  public boolean isMapRunChild() {
    return machinePart().indexOf('/') >= 0;
  }

  /** The state machine; for a child of a map run, with the label of the Map state. */
  public StateMachineArn stateMachine() {
    var machine = machinePart();
    var slash = machine.indexOf('/');
    return slash < 0
        ? StateMachineArn.of(location(), machine, null, null)
        : StateMachineArn.of(
            location(), machine.substring(0, slash), machine.substring(slash + 1), null);
  }

  /** The label of the Map state that a child of a map run belongs to, or null. */
  public @Nullable String label() {
    var machine = machinePart();
    var slash = machine.indexOf('/');
    return slash < 0 ? null : machine.substring(slash + 1);
  }

  /** The execution's name. */
  public String name() {
    var resource = resourceId();
    var start = resource.indexOf(':') + 1;
    var end = express ? resource.indexOf(':', start) : -1;
    return end < 0 ? resource.substring(start) : resource.substring(start, end);
  }

  private String machinePart() {
    var resource = resourceId();
    var colon = resource.indexOf(':');
    return colon < 0 ? resource : resource.substring(0, colon);
  }
}
