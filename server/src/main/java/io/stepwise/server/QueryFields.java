package io.stepwise.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The fields of a request's query. */
final class QueryFields {
  private QueryFields() {}

  /** The fields of a query, decoded; what can't be decoded is empty, and so names nothing. */
  static Map<String, String> of(String query) {
    var values = new HashMap<String, String>();
    for (var pair : query.split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          values.put(
              pair.substring(0, equals),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          values.put(pair.substring(0, equals), "");
        }
      }
    }
    return values;
  }
}
