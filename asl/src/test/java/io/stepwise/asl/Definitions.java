package io.stepwise.asl;

import io.stepwise.asl.Diagnostic.Severity;
import io.stepwise.asl.model.State;
import io.stepwise.asl.model.StateMachineDefinition;
import io.stepwise.asl.model.StateMachineType;
import java.util.List;

/** Compiles definitions for tests. */
final class Definitions {
  private static final DefinitionCompiler COMPILER = new DefinitionCompiler();

  private Definitions() {}

  /** Errors of a definition, each as {@code CODE: message at location}. */
  static List<String> errors(String text) {
    return errors(text, StateMachineType.STANDARD);
  }

  static List<String> errors(String text, StateMachineType type) {
    return inline(COMPILER.compile(text, type), Severity.ERROR);
  }

  /** Warnings of a machine that has this one state, named {@code S}. */
  static List<String> stateWarnings(String state) {
    return inline(COMPILER.compileState(state, "S", StateMachineType.STANDARD), Severity.WARNING);
  }

  /** Errors of a machine that has this one state, named {@code S}. */
  static List<String> stateErrors(String state) {
    return stateErrors(state, StateMachineType.STANDARD);
  }

  static List<String> stateErrors(String state, StateMachineType type) {
    return inline(COMPILER.compileState(state, "S", type), Severity.ERROR);
  }

  private static List<String> inline(CompiledDefinition compiled, Severity severity) {
    return compiled.diagnostics().stream()
        .filter(d -> d.severity() == severity)
        .map(Diagnostic::inline)
        .toList();
  }

  static CompiledDefinition compile(String text) {
    return COMPILER.compile(text, StateMachineType.STANDARD);
  }

  /** A definition that must be valid. */
  static StateMachineDefinition valid(String text) {
    var compiled = compile(text);
    return compiled
        .definition()
        .orElseThrow(() -> new AssertionError("Expected no error: " + compiled.diagnostics()));
  }

  /** A state that must be valid, named {@code S}. */
  static State validState(String state) {
    var compiled = COMPILER.compileState(state, "S", StateMachineType.STANDARD);
    return compiled
        .definition()
        .orElseThrow(() -> new AssertionError("Expected no error: " + compiled.diagnostics()))
        .root()
        .first();
  }
}
