package io.stepwise.cli.definition;

import io.stepwise.asl.CompiledDefinition;
import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.Diagnostic;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.expression.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A definition in a file, JSON or (by its name) YAML, and what there is to say of it.
 *
 * @param name the file as it was named
 * @param json the definition as JSON; the text itself unless it is YAML
 * @param compiled what AWS would make of it
 * @param findings its problems, with the places they are at
 */
public record DefinitionFile(
    String name, String text, String json, CompiledDefinition compiled, List<Finding> findings) {
  private static final Pattern SYNTAX_PLACE = Pattern.compile("line: (\\d+), column: (\\d+)]$");
  private static final Pattern STATE_FIELD = Pattern.compile("(?s).*/States/(.+)/[A-Za-z]+");

  public DefinitionFile {
    findings = List.copyOf(findings);
  }

  /**
   * A problem and where it is.
   *
   * @param hint what it probably comes from, or null
   */
  public record Finding(Diagnostic diagnostic, Span span, @Nullable String hint) {
    /** The state that AWS runs and Stepwise can't yet, where this is about one. */
    public Optional<String> stateNotYet() {
      var state = STATE_FIELD.matcher(String.valueOf(diagnostic.location()));
      return diagnostic.code().equals(NotYet.CODE) && state.matches()
          ? Optional.of(state.group(1))
          : Optional.empty();
    }
  }

  /**
   * Reads and compiles a file, or standard input where its name is {@code -}.
   *
   * <p>Errors: {@link TextInput.Unreadable} where it can't be read as text.
   */
  public static DefinitionFile read(String name, StateMachineType type)
      throws TextInput.Unreadable {
    return of(name, TextInput.read(name), type);
  }

  /** Compiles the text of a file. */
  public static DefinitionFile of(String name, String text, StateMachineType type) {
    return isYaml(name, text) ? ofYaml(name, text, type) : ofJson(name, text, type);
  }

  /** The definition, where nothing is wrong with it. */
  public Optional<String> validJson() {
    return compiled.definition().map(definition -> json);
  }

  /** By its name; standard input has none, and JSON begins with a brace. */
  private static boolean isYaml(String name, String text) {
    return name.equals(TextInput.STANDARD_INPUT)
        ? !text.isBlank() && !text.stripLeading().startsWith("{")
        : name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static DefinitionFile ofJson(String name, String text, StateMachineType type) {
    var compiled = new DefinitionCompiler().compile(text, type);
    var findings = findings(compiled, text, text, JsonPlaces.of(text));
    return new DefinitionFile(name, text, text, compiled, findings);
  }

  private static DefinitionFile ofYaml(String name, String text, StateMachineType type) {
    var yaml = YamlDocument.of(text);
    var compiled = new DefinitionCompiler().compile(yaml.json(), type);
    var fault = yaml.fault();
    if (fault == null) {
      var findings = findings(compiled, yaml.json(), text, yaml.places());
      return new DefinitionFile(name, text, yaml.json(), compiled, findings);
    }
    var diagnostic =
        new Diagnostic(Diagnostic.Severity.ERROR, "INVALID_YAML", fault.message(), null);
    return new DefinitionFile(
        name, text, yaml.json(), compiled, List.of(finding(diagnostic, text, fault.span())));
  }

  private static List<Finding> findings(
      CompiledDefinition compiled, String json, String text, Places places) {
    var diagnostics = new ArrayList<>(compiled.diagnostics());
    if (compiled.definition().isPresent()) {
      var tree = Json.parseTrusted(json);
      diagnostics.addAll(UnknownNames.in(tree));
      diagnostics.addAll(NotYet.in(tree));
    }
    return diagnostics.stream()
        .map(
            diagnostic -> {
              var span = place(diagnostic, places);
              return finding(
                  diagnostic, text, ExpressionToken.narrow(text, span, diagnostic.message()));
            })
        .toList();
  }

  private static Finding finding(Diagnostic diagnostic, String text, Span span) {
    return new Finding(diagnostic, span, Hints.about(diagnostic, text, span).orElse(null));
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
