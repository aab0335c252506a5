package io.stepwise.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An Amazon Resource Name: {@code arn:<partition>:<service>:<region>:<account>:<resource>}.
 *
 * <p>What kind of resource it names is its type. Two are equal if their texts are. Source: AWS,
 * "Identify AWS resources with Amazon Resource Names (ARNs)".
 */
public abstract sealed class Arn
    permits StateMachineArn, ExecutionArn, MapRunArn, ActivityArn, FunctionArn, Arn.Other {
  private static final String SCHEME = "arn:";
  static final String STATES = "states";
  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
              throw new IllegalStateException(e);
            }
          });

  private final String text;
  private final int service;
  private final int region;
  private final int account;
  private final int resource;

  /** Written racily; whoever computes it finds the same. */
  private byte @Nullable [] digest;

  /**
   * Takes {@code text} apart.
   *
   * <p>Errors: IllegalArgumentException where it has fewer than six parts.
   */
  Arn(String text) {
    this.text = text;
    this.service = after(text, SCHEME.length());
    this.region = after(text, service);
    this.account = after(text, region);
    this.resource = after(text, account);
  }

  private static int after(String text, int from) {
    var colon = text.indexOf(':', from);
    if (colon < 0) {
      throw new IllegalArgumentException("Expected an ARN, found " + text);
    }
    return colon + 1;
  }

  /** 128 bits that name an ARN; not a secret, just short. */
  public static byte[] digest(String arn) {
    return DIGEST.get().digest(arn.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #digest(String)}, computed once; not to be changed. */
  public final byte[] digest() {
    var known = digest;
    if (known == null) {
      known = digest(text);
      digest = known;
    }
    return known;
  }

  /** An ARN of any kind; empty where the text is none. */
  public static Optional<Arn> parse(String text) {
    if (!text.startsWith(SCHEME) || colons(text) < 5) {
      return Optional.empty();
    }
    Arn other = new Other(text);
    var typed =
        switch (other.service()) {
          case STATES -> ofStates(other);
          case "lambda" -> FunctionArn.read(other);
          default -> null;
        };
    return Optional.of(typed == null ? other : typed);
  }

  private static @Nullable Arn ofStates(Arn arn) {
    if (!arn.isTyped()) {
      return null;
    }
    return switch (arn.resourceType()) {
      case StateMachineArn.TYPE -> new StateMachineArn(arn.text);
      case ExecutionArn.STANDARD, ExecutionArn.EXPRESS -> ExecutionArn.read(arn);
      case MapRunArn.TYPE -> new MapRunArn(arn.text);
      case ActivityArn.TYPE -> new ActivityArn(arn.text);
      default -> null;
    };
  }

  private static int colons(String text) {
    var count = 0;
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) == ':') {
        count++;
      }
    }
    return count;
  }

  /** As written. */
  public final String text() {
    return text;
  }

  /** E.g. {@code aws}. */
  public final String partition() {
    return text.substring(SCHEME.length(), service - 1);
  }

  /** E.g. {@code states}. */
  public final String service() {
    return text.substring(service, region - 1);
  }

  /** E.g. {@code us-east-1}; empty where the resource has none. */
  public final String region() {
    return text.substring(region, account - 1);
  }

  /** Twelve digits; empty where the resource has none. */
  public final String account() {
    return text.substring(account, resource - 1);
  }

  /** Where the resource is. */
  public final AwsLocation location() {
    return new AwsLocation(partition(), region(), account());
  }

  /** What comes before the first colon of the resource, e.g. {@code stateMachine}. */
  public final String resourceType() {
    var colon = text.indexOf(':', resource);
    return colon < 0 ? text.substring(resource) : text.substring(resource, colon);
  }

  /** Whether the resource has a type and, after a colon, an id. */
  public final boolean isTyped() {
    return text.indexOf(':', resource) >= 0;
  }

  /** What comes after {@link #resourceType}; empty where nothing does. */
  public final String resourceId() {
    var colon = text.indexOf(':', resource);
    return colon < 0 ? "" : text.substring(colon + 1);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Arn arn && arn.text.equals(text);
  }

  @Override
  public final int hashCode() {
    return text.hashCode();
  }

  /** As written. */
  @Override
  public final String toString() {
    return text;
  }

  /** The name of a resource that has no type here. */
  public static final class Other extends Arn {
    Other(String text) {
      super(text);
    }
  }
}
