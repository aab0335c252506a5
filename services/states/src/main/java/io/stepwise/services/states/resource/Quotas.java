package io.stepwise.services.states.resource;

/** Sizes that operations check alike. Source: AWS, "Step Functions service quotas". */
public final class Quotas {
  /** Longest input or output of a task or execution. Units: UTF-8 bytes. */
  public static final int PAYLOAD_BYTES_MAX = 262_144;

  private Quotas() {}
}
