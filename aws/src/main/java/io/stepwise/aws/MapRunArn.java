package io.stepwise.aws;

/** Names a map run: {@code …:states:…:mapRun:<machine>/<label>:<run>}. */
public final class MapRunArn extends Arn {
  static final String TYPE = "mapRun";

  MapRunArn(String text) {
    super(text);
  }

  /** The state machine, with the label of the Map state. */
  public StateMachineArn stateMachine() {
    var resource = resourceId();
    var colon = resource.indexOf(':');
    var machine = colon < 0 ? resource : resource.substring(0, colon);
    var slash = machine.indexOf('/');
    return slash < 0
        ? StateMachineArn.of(location(), machine, null, null)
        : StateMachineArn.of(
            location(), machine.substring(0, slash), machine.substring(slash + 1), null);
  }
}
