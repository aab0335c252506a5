package io.stepwise.catalog;

/** A published revision of a state machine. Units: milliseconds since 1970. */
public record Version(int number, long revision, String description, long createdMillis) {}
