package io.stepwise.protocol;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How answers are printed in a protocol. */
interface Wire {
  /** The media type of answers. */
  String contentType();

  /** The body of an output that is JSON already. */
  byte[] output(String operation, byte[] json, String requestId);

  /** The body of an output. */
  byte[] output(String operation, JsonNode output, String requestId);

  /** The headers that go with it. */
  default Map<String, String> errorHeaders(AwsError error, String requestId) {
    return Map.of("x-amzn-RequestId", requestId);
  }

  /** The body that tells an error. */
  byte[] error(AwsError error, String requestId);
}
