package io.stepwise.cli.definition;

import io.stepwise.asl.CompiledDefinition;
import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.Diagnostic;
import io.stepwise.asl.model.StateMachineType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A definition in a file, JSON or (by its name) YAML, and what there is to say of it.
 *
 * @param json the definition as JSON; the text itself unless it is YAML
 * @param compiled what AWS would make of it
 * @param findings its problems, with the places they are at
 */
public record DefinitionFile(
    Path path, String text, String json, CompiledDefinition compiled, List<Finding> findings) {
  private static final Pattern SYNTAX_PLACE = Pattern.compile("line: (\\d+), column: (\\d+)]$");

  public DefinitionFile {
    findings = List.copyOf(findings);
  }

  /** A problem and where it is. */
  public record Finding(Diagnostic diagnostic, Span span) {}

  /**
   * Reads and compiles a file.
   *
   * <p>Errors: {@link IOException} where it can't be read as text.
   */
  public static DefinitionFile read(Path path, StateMachineType type) throws IOException {
    return of(path, Files.readString(path), type);
  }

  /** Compiles the text of a file. */
  static DefinitionFile of(Path path, String text, StateMachineType type) {
    return isYaml(path) ? ofYaml(path, text, type) : ofJson(path, text, type);
  }

  /** The definition, where nothing is wrong with it. */
  public Optional<String> validJson() {
    return compiled.definition().map(definition -> json);
  }

  private static boolean isYaml(Path path) {
    var name = path.toString();
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static DefinitionFile ofJson(Path path, String text, StateMachineType type) {
    var compiled = new DefinitionCompiler().compile(text, type);
    return new DefinitionFile(path, text, text, compiled, findings(compiled, JsonPlaces.of(text)));
  }

  private static DefinitionFile ofYaml(Path path, String text, StateMachineType type) {
    var yaml = YamlDocument.of(text);
    var compiled = new DefinitionCompiler().compile(yaml.json(), type);
    var fault = yaml.fault();
    if (fault == null) {
      return new DefinitionFile(
          path, text, yaml.json(), compiled, findings(compiled, yaml.places()));
    }
    var diagnostic =
        new Diagnostic(Diagnostic.Severity.ERROR, "INVALID_YAML", fault.message(), null);
    return new DefinitionFile(
        path, text, yaml.json(), compiled, List.of(new Finding(diagnostic, fault.span())));
  }

  private static List<Finding> findings(CompiledDefinition compiled, Places places) {
    var findings = new ArrayList<Finding>();
    for (var diagnostic : compiled.diagnostics()) {
      findings.add(new Finding(diagnostic, place(diagnostic, places)));
    }
    return findings;
  }

  private static Span place(Diagnostic diagnostic, Places places) {
    var location = diagnostic.location();
    if (location != null) {
      var syntax = SYNTAX_PLACE.matcher(location);
      if (syntax.find()) {
        // AWS gives the column after the token; an editor wants one that is on the line.
        var column = Math.max(1, Integer.parseInt(syntax.group(2)) - 1);
        return new Span(Integer.parseInt(syntax.group(1)), column, 1);
      }
    }
    return places.find(location, diagnostic.message());
  }
}
