package io.stepwise.asl;

import io.stepwise.asl.compilation.MachineBuilder;
import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.asl.validation.GraphRules;
import io.stepwise.asl.validation.GraphSchema;
import io.stepwise.asl.validation.Languages;
import io.stepwise.asl.validation.Place;
import io.stepwise.asl.validation.Report;
import io.stepwise.expression.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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
    return compile(text, type, new Report());
  }

  /**
   * As {@link #compile}, for a text that was accepted when it was stored: rules that came later
   * don't refuse it.
   */
  public CompiledDefinition compileStored(String text, StateMachineType type) {
    return compile(text, type, Report.ofStored());
  }

  private CompiledDefinition compile(String text, StateMachineType type, Report report) {
    var tree = reader.read(text, report);
    return tree == null ? refused(report) : compile(text, tree, type, Rules.WHOLE, report);
  }

  /**
   * As {@link #compile}, for the text of one state, which becomes the only state of a machine,
   * under {@code name}. Its transitions may name states that are not there.
   */
  public CompiledDefinition compileState(String text, String name, StateMachineType type) {
    var report = new Report();
    @Nullable JsonNode state = reader.read(text, report);
    if (state == null) {
      return refused(report);
    }
    var machine = Json.nodes().objectNode();
    machine.put("StartAt", name);
    machine.putObject("States").set(name, state);
    return compile(text, machine, type, Rules.ALONE, report);
  }

  /** Which rules of graphs hold at the top. */
  private enum Rules {
    WHOLE,
    ALONE
  }

  private static CompiledDefinition compile(
      String text, JsonNode tree, StateMachineType type, Rules rules, Report report) {
    var root = Place.root(report, type, Languages.of(tree, QueryLanguage.JSONPATH));
    GraphSchema.checkMachine(tree, root);
    switch (rules) {
      case WHOLE -> GraphRules.check(tree, root, report);
      case ALONE -> GraphRules.checkAlone(tree, root, report);
    }
    return report.hasErrors()
        ? refused(report)
        : new CompiledDefinition(
            Optional.of(new MachineBuilder(text, tree).build()),
            report.diagnostics(),
            report.variables());
  }

  private static CompiledDefinition refused(Report report) {
    return new CompiledDefinition(Optional.empty(), report.diagnostics(), Map.of());
  }
}
