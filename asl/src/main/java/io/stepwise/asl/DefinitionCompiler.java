package io.stepwise.asl;

import io.stepwise.asl.compilation.MachineBuilder;
import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.asl.validation.GraphRules;
import io.stepwise.asl.validation.GraphSchema;
import io.stepwise.asl.validation.Languages;
import io.stepwise.asl.validation.Place;
import io.stepwise.asl.validation.Report;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the text of a definition: the one way from text to {@code StateMachineDefinition}.
 *
 * <pre>
 * text ─DefinitionReader─▶ tree ─GraphSchema─▶ shapes ─GraphRules─▶ graphs ─MachineBuilder─▶ model
 *              └─────────────────┴── problems ────────────┘
 * </pre>
 */
public final class DefinitionCompiler {
  private final DefinitionReader reader = new DefinitionReader();

  /** Reads, validates and compiles {@code text}; never throws for bad text. */
  public CompiledDefinition compile(String text, StateMachineType type) {
    var report = new Report();
    var tree = reader.read(text, report);
    if (tree == null) {
      return new CompiledDefinition(Optional.empty(), report.diagnostics(), Map.of());
    }
    var root = Place.root(report, type, Languages.of(tree, QueryLanguage.JSONPATH));
    GraphSchema.checkMachine(tree, root);
    GraphRules.check(tree, root, report);
    return new CompiledDefinition(
        report.hasErrors() ? Optional.empty() : Optional.of(new MachineBuilder(text, tree).build()),
        report.diagnostics(),
        report.variables());
  }
}
