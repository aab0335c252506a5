package io.stepwise.connectors.lambda;

import io.stepwise.aws.AwsLocation;
import java.util.Optional;

/**
 * The function that a task names: by its name, a partial ARN ({@code account:function:name}) or an
 * ARN, each with or without a qualifier.
 */
record FunctionName(String name, Optional<String> qualifier) {

  /** Takes a name apart; a qualifier given beside it wins. */
  static FunctionName of(String text, Optional<String> qualifier) {
    var marker = text.lastIndexOf("function:");
    var tail = marker < 0 ? text : text.substring(marker + "function:".length());
    var colon = tail.indexOf(':');
    if (colon < 0) {
      return new FunctionName(tail, qualifier);
    }
    var own = Optional.of(tail.substring(colon + 1));
    return new FunctionName(tail.substring(0, colon), qualifier.isPresent() ? qualifier : own);
  }

  /** Its ARN with a qualifier, as AWS prints it in messages. */
  String arn(AwsLocation location) {
    return location.function(name).text() + ":" + qualifier.orElse("$LATEST");
  }
}
