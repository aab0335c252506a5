package io.stepwise.asl.model;

/** The language of a state's expressions. */
public enum QueryLanguage {
  /** {@code JSONPath}, the default. */
  JSONPATH,
  /** {@code JSONata}. */
  JSONATA
}
