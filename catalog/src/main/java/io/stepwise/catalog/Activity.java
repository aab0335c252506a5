package io.stepwise.catalog;

import io.stepwise.catalog.Settings.Encryption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place where workers fetch tasks. Units: milliseconds since 1970. */
public record Activity(
    String arn,
    String name,
    long createdMillis,
    @Nullable Encryption encryption,
    Map<String, String> tags) {

  public Activity {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  Activity withTags(Map<String, String> tags) {
    return new Activity(arn, name, createdMillis, encryption, tags);
  }
}
