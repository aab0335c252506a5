package io.stepwise.services.logs;

import io.stepwise.logs.LogGroup;
import io.stepwise.logs.LogStore;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.services.logs.LogsError.InvalidParameterException;
import io.stepwise.services.logs.LogsError.ResourceNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How requests name groups, streams and pages. */
final class Named {
  private static final String GROUP_PATTERN = "[\\.\\-_/#A-Za-z0-9]+";
  private static final String EVERYTHING = ":*";

  /** A group by its name. */
  static final Member GROUP = Member.text("logGroupName", 1, 512).matching(GROUP_PATTERN);

  /** A group by its name or ARN. */
  static final Member IDENTIFIER =
      Member.text("logGroupIdentifier", 1, 2048).matching("[\\w#+=/:,.@-]*");

  static final Member STREAM = Member.text("logStreamName", 1, 512).matching("[^:*]*");
  static final Member TOKEN = Member.text("nextToken", 1, 4096);

  private Named() {}

  /** A member that is the beginning of a name. */
  static Member prefix(String name) {
    return Member.text(name, 1, 512).matching(name.contains("Stream") ? "[^:*]*" : GROUP_PATTERN);
  }

  /** The ARN of a group of the caller's. */
  static String arn(Call call, String name) {
    var location = call.identity().location();
    return LogGroup.arn(location.partition(), location.region(), location.account(), name);
  }

  /** The group that a call names, by {@code logGroupName} or {@code logGroupIdentifier}. */
  static LogGroup group(Call call, LogStore store) {
    var name = call.optionalText("logGroupName");
    var identifier = call.optionalText("logGroupIdentifier");
    if ((name == null) == (identifier == null)) {
      throw new InvalidParameterException(
              name == null
                  ? "Either logGroupName or logGroupIdentifier must be specified."
                  : "LogGroup name and LogGroup identifier are mutually exclusive parameters.")
          .toException();
    }
    var text = name == null ? call.text("logGroupIdentifier") : name;
    return store
        .group(text.startsWith("arn:") ? withoutEverything(text) : arn(call, text))
        .orElseThrow(ResourceNotFoundException::ofGroup);
  }

  /** An ARN of a group without the {@code :*} at its end. */
  static String withoutEverything(String arn) {
    return arn.endsWith(EVERYTHING) ? arn.substring(0, arn.length() - EVERYTHING.length()) : arn;
  }

  /** The token of the page after the one that ended there. */
  static String token(String endedAt) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(endedAt.getBytes(StandardCharsets.UTF_8));
  }

  /** Where the page before ended; empty for the first. */
  static String cursor(Call call) {
    var token = call.text("nextToken", "");
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalidToken();
    }
  }

  static RuntimeException invalidToken() {
    return new InvalidParameterException("The specified nextToken is invalid.").toException();
  }
}
