package io.stepwise.asl;

import io.stepwise.asl.model.StateMachineType;

/** Reads the text of a definition: the one way from text to {@code StateMachineDefinition}. */
public final class DefinitionCompiler {

  /** Reads, validates and compiles {@code text}; never throws for bad text. */
  public CompiledDefinition compile(String text, StateMachineType type) {
    throw new UnsupportedOperationException();
  }
}
