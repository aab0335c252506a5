package io.stepwise.integration;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What AWS's SDK adds to the answer of a service, as results of tasks show it. */
public final class SdkMetadata {
  private SdkMetadata() {}

  /**
   * Adds {@code SdkHttpMetadata} and {@code SdkResponseMetadata} to a result.
   *
   * @param headers of the answer, in the order to show them
   */
  public static void put(
      ObjectNode result, Map<String, String> headers, int status, String requestId) {
    var metadata = result.putObject("SdkHttpMetadata");
    var all = metadata.putObject("AllHttpHeaders");
    var single = metadata.putObject("HttpHeaders");
    headers.forEach(
        (name, value) -> {
          all.putArray(name).add(value);
          single.put(name, value);
        });
    metadata.put("HttpStatusCode", status);
    result.putObject("SdkResponseMetadata").put("RequestId", requestId);
  }
}
