package io.stepwise.services.states.resource;

import io.stepwise.asl.CompiledDefinition;
import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.Diagnostic;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.services.states.resource.StatesError.InvalidDefinition;
import java.util.stream.Collectors;

/** Reads the definitions in requests. */
public final class Definitions {
  /** Longest definition. Units: characters. */
  public static final int LENGTH_MAX = 1_048_576;

  private static final DefinitionCompiler COMPILER = new DefinitionCompiler();

  private Definitions() {}

  /** Compiles a definition. Errors: InvalidDefinition with all that is wrong. */
  public static CompiledDefinition compile(String text, StateMachineType type) {
    return accepted(check(text, type));
  }

  /** Compiles the definition of one state. Errors: InvalidDefinition with all that is wrong. */
  public static CompiledDefinition compileState(String text, String name) {
    return accepted(COMPILER.compileState(text, name, StateMachineType.STANDARD));
  }

  private static CompiledDefinition accepted(CompiledDefinition compiled) {
    if (compiled.definition().isEmpty()) {
      throw new InvalidDefinition(
              compiled.diagnostics().stream()
                  .filter(d -> d.severity() == Diagnostic.Severity.ERROR)
                  .map(Diagnostic::inline)
                  .collect(Collectors.joining(", ")))
          .toException();
    }
    return compiled;
  }

  /** Compiles a definition or says what is wrong with it. */
  public static CompiledDefinition check(String text, StateMachineType type) {
    return COMPILER.compile(text, type);
  }

  /** The type a request names; STANDARD where it names none. */
  public static StateMachineType type(String name) {
    return StateMachineType.valueOf(name);
  }
}
