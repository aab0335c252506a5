package io.stepwise.services.lambda;

import io.stepwise.catalog.Form;
import io.stepwise.expression.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What becomes of asynchronous calls of a function, or of a version or alias of it.
 *
 * @param arn of the function with a qualifier
 * @param retriesMax tries after the first that answered an error; null for AWS's default
 * @param ageSecondsMax how long a call is tried; null for AWS's default
 * @param onSuccess function that is told of a success, or null
 * @param onFailure function that is told of a failure, or null
 * @param modifiedMillis when it was changed. Units: milliseconds since 1970
 */
record EventInvokeConfig(
    String arn,
    @Nullable Integer retriesMax,
    @Nullable Integer ageSecondsMax,
    @Nullable String onSuccess,
    @Nullable String onFailure,
    long modifiedMillis) {
  private static final int RETRIES = 2;
  private static final int AGE_SECONDS = 21_600;

  /** What holds where nothing is said. */
  static EventInvokeConfig defaults(String arn) {
    return new EventInvokeConfig(arn, null, null, null, null, 0);
  }

  /** Tries after the first that answered an error. */
  int retries() {
    return retriesMax == null ? RETRIES : retriesMax;
  }

  /** How long a call is tried. Units: milliseconds. */
  long ageMillis() {
    return 1_000L * (ageSecondsMax == null ? AGE_SECONDS : ageSecondsMax);
  }

  /** Who is told how a call ended. */
  Optional<String> destination(boolean isSuccess) {
    return Optional.ofNullable(isSuccess ? onSuccess : onFailure);
  }

  /** How it is written. */
  static final class OfRows implements Form<EventInvokeConfig> {
    @Override
    public String key(EventInvokeConfig config) {
      return config.arn();
    }

    @Override
    public ObjectNode write(EventInvokeConfig config) {
      var json = Json.nodes().objectNode();
      json.put("arn", config.arn());
      if (config.retriesMax() != null) {
        json.put("retriesMax", config.retriesMax());
      }
      if (config.ageSecondsMax() != null) {
        json.put("ageSecondsMax", config.ageSecondsMax());
      }
      if (config.onSuccess() != null) {
        json.put("onSuccess", config.onSuccess());
      }
      if (config.onFailure() != null) {
        json.put("onFailure", config.onFailure());
      }
      json.put("modified", config.modifiedMillis());
      return json;
    }

    @Override
    public EventInvokeConfig read(JsonNode json) {
      return new EventInvokeConfig(
          json.path("arn").stringValue(),
          whole(json, "retriesMax"),
          whole(json, "ageSecondsMax"),
          text(json, "onSuccess"),
          text(json, "onFailure"),
          json.path("modified").longValue());
    }

    private static @Nullable Integer whole(JsonNode json, String name) {
      return json.has(name) ? json.path(name).intValue() : null;
    }

    private static @Nullable String text(JsonNode json, String name) {
      return json.has(name) ? json.path(name).stringValue() : null;
    }
  }
}
