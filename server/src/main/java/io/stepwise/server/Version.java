package io.stepwise.server;

/** Which Stepwise this is. */
public final class Version {
  /** The version, as releases are named. */
  public static final String TEXT = "0.1.0";

  private Version() {}
}
