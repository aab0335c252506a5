package io.stepwise.asl.model;

/** How executions of a state machine are kept: durably and once, or quickly. */
public enum StateMachineType {
  /** Every transition durable; up to a year. */
  STANDARD,
  /** In memory; up to five minutes. */
  EXPRESS
}
