package io.stepwise.engine.event;

/**
 * Something that happened to an execution. Folding all events of an execution, in order, gives its
 * state: {@code Evolver} does.
 */
public sealed interface Event permits HistoryEvent, Progress {}
