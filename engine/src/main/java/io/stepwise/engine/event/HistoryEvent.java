package io.stepwise.engine.event;

/**
 * An event of the public history.
 *
 * @param scopeId the scope it happened in
 * @param id consecutive from 1 in one execution
 * @param previousEventId the event that caused it, or 0
 * @param timestampMillis when. Units: milliseconds since 1970
 */
public record HistoryEvent(
    int scopeId,
    long id,
    long previousEventId,
    long timestampMillis,
    EventType type,
    EventDetails details)
    implements Event {}
