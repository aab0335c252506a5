package io.stepwise.runtime.catalog;

import org.jspecify.annotations.Nullable;

/**
 * The ARN of a version or an alias, taken apart.
 *
 * @param version its number, or −1 where the qualifier is none
 */
public record Qualified(String machineArn, String qualifier, int version) {
  private static final String KIND = ":stateMachine:";

  /** The parts of {@code arn}, or null where it has no qualifier. */
  public static @Nullable Qualified parse(String arn) {
    var kind = arn.indexOf(KIND);
    var colon = arn.lastIndexOf(':');
    if (kind < 0 || colon < kind + KIND.length()) {
      return null;
    }
    var qualifier = arn.substring(colon + 1);
    return new Qualified(arn.substring(0, colon), qualifier, number(qualifier));
  }

  private static int number(String text) {
    if (text.isEmpty() || text.length() > 9) {
      return -1;
    }
    var number = 0;
    for (var i = 0; i < text.length(); i++) {
      var digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return text.charAt(0) == '0' ? -1 : number;
  }
}
