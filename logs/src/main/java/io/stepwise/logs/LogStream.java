package io.stepwise.logs;

import java.util.Objects;

/**
 * Events of one source. Immutable.
 *
 * @param id names it in the store; never used twice
 * @param groupId of the group it is in
 * @param createdMillis when it was made. Units: milliseconds since 1970
 * @param lastMillis latest timestamp of an event that was put; 0 without. Units: as above
 * @param lastIngestionMillis when an event was last put; 0 without. Units: as above
 * @param stays whether it stays when its last event has gone: a client made it, no first event did
 */
public record LogStream(
    long id,
    long groupId,
    String name,
    long createdMillis,
    long lastMillis,
    long lastIngestionMillis,
    boolean stays) {
  public LogStream {
    Objects.requireNonNull(name);
  }

  LogStream after(long timestampMillis, long ingestionMillis) {
    return new LogStream(
        id,
        groupId,
        name,
        createdMillis,
        Math.max(lastMillis, timestampMillis),
        Math.max(lastIngestionMillis, ingestionMillis),
        stays);
  }
}
