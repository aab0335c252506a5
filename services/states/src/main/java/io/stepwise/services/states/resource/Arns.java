package io.stepwise.services.states.resource;

import io.stepwise.aws.ActivityArn;
import io.stepwise.aws.Arn;
import io.stepwise.aws.ExecutionArn;
import io.stepwise.aws.MapRunArn;
import io.stepwise.aws.StateMachineArn;
import io.stepwise.services.states.resource.StatesError.InvalidArn;

/** The ARNs that a request names, as types; or refused, as InvalidArn. */
public final class Arns {
  private Arns() {}

  private static Arn parse(String text) {
    return Arn.parse(text)
        .filter(arn -> arn.service().equals("states") && arn.isTyped())
        .orElseThrow(() -> InvalidArn.prefix(text).toException());
  }

  private static RuntimeException otherType(Arn arn) {
    return InvalidArn.type(arn.resourceType()).toException();
  }

  /** Of a state machine, with whatever comes after its name. */
  public static StateMachineArn stateMachine(String text) {
    var arn = parse(text);
    if (arn instanceof StateMachineArn machine) {
      return machine;
    }
    throw otherType(arn);
  }

  /** Of an execution that the store keeps: a Standard one, or an Express child of a map run. */
  public static ExecutionArn execution(String text) {
    var arn = parse(text);
    if (arn instanceof ExecutionArn execution
        && (!execution.isExpress() || execution.isMapRunChild())) {
      return execution;
    }
    throw otherType(arn);
  }

  /** Of a map run. */
  public static MapRunArn mapRun(String text) {
    var arn = parse(text);
    if (arn instanceof MapRunArn mapRun) {
      return mapRun;
    }
    throw otherType(arn);
  }

  /** Of an activity. */
  public static ActivityArn activity(String text) {
    var arn = parse(text);
    if (arn instanceof ActivityArn activity) {
      return activity;
    }
    throw otherType(arn);
  }

  /** Of what may have tags: a state machine or an activity. */
  public static Arn taggable(String text) {
    var arn = parse(text);
    if (arn instanceof StateMachineArn || arn instanceof ActivityArn) {
      return arn;
    }
    throw otherType(arn);
  }
}
