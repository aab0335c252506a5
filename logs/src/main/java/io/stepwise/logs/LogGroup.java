package io.stepwise.logs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Streams that are kept alike. Immutable.
 *
 * @param id names it in the store; never used twice
 * @param arn without {@code :*}
 * @param createdMillis when it was made. Units: milliseconds since 1970
 * @param retentionDays how long events stay; null for as long as there is room
 * @param kind class of the group, as AWS names it; kept and shown
 * @param kmsKeyId key it would be encrypted by; kept and shown, or null
 * @param bytes what its events take: each its message in UTF-8 and {@value LogEvent#OVERHEAD_BYTES}
 */
public record LogGroup(
    long id,
    String arn,
    long createdMillis,
    @Nullable Integer retentionDays,
    String kind,
    @Nullable String kmsKeyId,
    Map<String, String> tags,
    long bytes) {
  private static final String RESOURCE = ":log-group:";

  public LogGroup {
    Objects.requireNonNull(arn);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** Its name. */
  public String name() {
    return nameOf(arn);
  }

  /** The name of the group that an ARN is of. */
  static String nameOf(String arn) {
    return arn.substring(arn.indexOf(RESOURCE) + RESOURCE.length());
  }

  /** The ARN of a group. */
  public static String arn(String partition, String region, String account, String name) {
    return "arn:" + partition + ":logs:" + region + ":" + account + RESOURCE + name;
  }

  /** With another retention. */
  public LogGroup withRetention(@Nullable Integer days) {
    return new LogGroup(id, arn, createdMillis, days, kind, kmsKeyId, tags, bytes);
  }

  /** With other tags. */
  public LogGroup withTags(Map<String, String> other) {
    return new LogGroup(id, arn, createdMillis, retentionDays, kind, kmsKeyId, other, bytes);
  }

  LogGroup withBytes(long other) {
    return new LogGroup(id, arn, createdMillis, retentionDays, kind, kmsKeyId, tags, other);
  }
}
