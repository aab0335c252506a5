package io.stepwise.aws;

/** Names an activity: {@code …:states:…:activity:<name>}. */
public final class ActivityArn extends Arn {
  static final String TYPE = "activity";

  ActivityArn(String text) {
    super(text);
  }

  static ActivityArn of(AwsLocation location, String name) {
    return new ActivityArn(location.prefix("states") + TYPE + ":" + name);
  }

  /** The activity's name. */
  public String name() {
    return resourceId();
  }
}
