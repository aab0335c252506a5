package io.stepwise.api;

import io.stepwise.api.ApiError.InvalidArn;
import java.util.Objects;

/**
 * An ARN of this service: {@code arn:<partition>:states:<region>:<account>:<type>:<resource>}.
 *
 * @param resource all after the type: a name, with a label and a qualifier where there are any
 */
public record Arn(
    String text, String partition, String region, String account, String type, String resource) {
  private static final int PARTS = 7;

  public Arn {
    Objects.requireNonNull(text);
  }

  /** Takes text apart. Errors: InvalidArn where it is no ARN of this service. */
  public static Arn parse(String text) {
    var parts = text.split(":", PARTS);
    if (parts.length < PARTS || !parts[0].equals("arn") || !parts[2].equals("states")) {
      throw InvalidArn.prefix(text).toException();
    }
    return new Arn(text, parts[1], parts[3], parts[4], parts[5], parts[6]);
  }

  /** As {@link #parse}, and it must name a resource of one of {@code types}. */
  public static Arn parse(String text, String... types) {
    var arn = parse(text);
    for (var type : types) {
      if (arn.type.equals(type)) {
        return arn;
      }
    }
    throw InvalidArn.type(arn.type).toException();
  }

  /** The ARN of a state machine, with whatever comes after its name. */
  public static Arn ofStateMachine(String text) {
    return parse(text, "stateMachine");
  }

  /**
   * The ARN of an execution that the store keeps: a Standard one, or an Express child of a map run.
   */
  public static Arn ofExecution(String text) {
    var arn = parse(text);
    var kept =
        arn.type.equals("execution") || (arn.type.equals("express") && arn.resource.contains("/"));
    if (!kept) {
      throw InvalidArn.type(arn.type).toException();
    }
    return arn;
  }

  /** Whether it names the processor of a Map state, {@code name/label}. */
  public boolean isLabelled() {
    return resource.indexOf('/') >= 0;
  }

  /** The name of the state machine, whatever follows it. */
  public String name() {
    var end = resource.length();
    for (var i = 0; i < end; i++) {
      if (resource.charAt(i) == '/' || resource.charAt(i) == ':') {
        return resource.substring(0, i);
      }
    }
    return resource;
  }

  /** The label, or empty. */
  public String label() {
    var slash = resource.indexOf('/');
    if (slash < 0) {
      return "";
    }
    var colon = resource.indexOf(':', slash);
    return resource.substring(slash + 1, colon < 0 ? resource.length() : colon);
  }

  /** ARN of the state machine that this is about, without qualifier and label. */
  public String machineArn() {
    return "arn:" + partition + ":states:" + region + ":" + account + ":stateMachine:" + name();
  }
}
