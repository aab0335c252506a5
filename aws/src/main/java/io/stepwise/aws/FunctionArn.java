package io.stepwise.aws;

import org.jspecify.annotations.Nullable;

/** Names a Lambda function: {@code …:lambda:…:function:<name>[:<qualifier>]}. */
public final class FunctionArn extends Arn {
  private static final String TYPE = "function";

  private FunctionArn(String text) {
    super(text);
  }

  static @Nullable FunctionArn read(Arn arn) {
    return arn.resourceType().equals(TYPE) ? new FunctionArn(arn.text()) : null;
  }

  static FunctionArn of(AwsLocation location, String name) {
    return new FunctionArn(location.prefix("lambda") + TYPE + ":" + name);
  }

  /** The function's name. */
  public String name() {
    var resource = resourceId();
    var colon = resource.indexOf(':');
    return colon < 0 ? resource : resource.substring(0, colon);
  }

  /** Version or alias, or null. */
  public @Nullable String qualifier() {
    var resource = resourceId();
    var colon = resource.indexOf(':');
    return colon < 0 ? null : resource.substring(colon + 1);
  }
}
