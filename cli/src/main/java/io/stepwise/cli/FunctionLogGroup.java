package io.stepwise.cli;

import java.io.IOException;
import java.util.Map;

/** Where the lines of a function are. */
final class FunctionLogGroup {
  private FunctionLogGroup() {}

  /** The log group of a function, by its name or ARN. */
  static String of(SfnApi api, String function)
      throws IOException, InterruptedException, SfnApi.Refused {
    var answer =
        api.json(
            api.lambda("GET", "/" + SfnApi.encoded(function) + "/configuration", Map.of(), ""));
    return answer
        .path("LoggingConfig")
        .path("LogGroup")
        .asString("/aws/lambda/" + answer.path("FunctionName").asString(function));
  }
}
