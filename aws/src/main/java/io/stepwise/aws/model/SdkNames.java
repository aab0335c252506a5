package io.stepwise.aws.model;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that AWS's SDK for Java 2 makes of those in a service's model; aws-sdk integrations use
 * them for services, actions, parameters, results and errors.
 *
 * <p>Source: the naming rules of the SDK's code generator, and AWS's table of prefixes.
 */
public final class SdkNames {
  private static final Set<String> KEYWORDS =
      Set.of(
          ("abstract assert boolean break byte case catch char class const continue default do"
                  + " double else enum extends false final finally float for goto if implements"
                  + " import instanceof int interface long native new null package private"
                  + " protected public return short static strictfp super switch synchronized this"
                  + " throw throws transient true try void volatile while")
              .split(" "));
  private static final Set<String> METHODS =
      Set.of(
          ("equals finalize getClass hashCode notify notifyAll toString wait builder sdkFields"
                  + " toBuilder overrideConfiguration sdkHttpResponse")
              .split(" "));

  private static final Pattern SEPARATORS = Pattern.compile("[^A-Za-z0-9]+");
  private static final Pattern SMALL_VERSION = Pattern.compile("([^a-z]{2,})v([0-9]+)");
  private static final Pattern LARGE_VERSION = Pattern.compile("([^A-Z]{2,})V([0-9]+)");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z]([a-zA-Z]|[0-9]))");
  private static final Pattern ACRONYM = Pattern.compile("([A-Z]+)([A-Z][a-z])");
  private static final Pattern AFTER_DIGIT = Pattern.compile("([0-9])([a-zA-Z])");

  private SdkNames() {}

  /** What the errors of a service begin with, e.g. {@code DynamoDb}. */
  public static String prefix(String serviceId) {
    var name = pascal(serviceId);
    name = name.startsWith("Amazon") ? name.substring("Amazon".length()) : name;
    name = name.startsWith("Aws") ? name.substring("Aws".length()) : name;
    return name.endsWith("Service") ? name.substring(0, name.length() - "Service".length()) : name;
  }

  /** The action of an operation: {@code DescribeDBInstances} is {@code describeDBInstances}. */
  public static String action(String operation) {
    var name = new StringBuilder(operation);
    var at = 0;
    do {
      name.setCharAt(at, Character.toLowerCase(operation.charAt(at)));
      at++;
    } while (at < operation.length()
        && Character.isUpperCase(operation.charAt(at))
        && !(at < operation.length() - 1 && Character.isLowerCase(operation.charAt(at + 1))));
    return name.toString();
  }

  /** As {@link #key(String)}, with the SDK's own renaming of members of one service. */
  static String key(String serviceId, String member) {
    return serviceId.startsWith("DynamoDB") && member.equals("NULL") ? "Nul" : key(member);
  }

  /** The key of a member in parameters and results: {@code SNSTopicArn} is {@code SnsTopicArn}. */
  public static String key(String member) {
    var name = action(member);
    if (KEYWORDS.contains(name.toLowerCase(Locale.ROOT)) || METHODS.contains(name)) {
      name = action(name + "Value");
    }
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** The name of the exception that the SDK makes of an error's shape. */
  public static String exception(String shape) {
    if (shape.endsWith("Fault")) {
      return pascal(shape.substring(0, shape.length() - "Fault".length())) + "Exception";
    }
    return shape.endsWith("Exception") ? pascal(shape) : pascal(shape) + "Exception";
  }

  private static String pascal(String word) {
    var text = SEPARATORS.matcher(word).replaceAll(" ");
    text = SMALL_VERSION.matcher(text).replaceAll("$1 v$2 ");
    text = LARGE_VERSION.matcher(text).replaceAll("$1 V$2 ");
    text = HUMP.matcher(text).replaceAll(" ");
    text = ACRONYM.matcher(text).replaceAll("$1 $2");
    text = AFTER_DIGIT.matcher(text).replaceAll("$1 $2");
    var name = new StringBuilder();
    for (var part : text.strip().split(" +", -1)) {
      if (!part.isEmpty()) {
        name.append(Character.toUpperCase(part.charAt(0)));
        name.append(part.substring(1).toLowerCase(Locale.ROOT));
      }
    }
    return name.toString();
  }
}
