package io.stepwise.asl;

import io.stepwise.asl.model.StateMachineDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@link DefinitionCompiler} made of a text.
 *
 * @param definition present iff no diagnostic is an error
 * @param diagnostics every problem, in AWS's order
 * @param variableReferences variables read, by state name, sorted, without {@code $}; states that
 *     read none are left out
 */
public record CompiledDefinition(
    Optional<StateMachineDefinition> definition,
    List<Diagnostic> diagnostics,
    Map<String, Set<String>> variableReferences) {

  public CompiledDefinition {
    diagnostics = List.copyOf(diagnostics);
    variableReferences = Map.copyOf(variableReferences);
  }
}
