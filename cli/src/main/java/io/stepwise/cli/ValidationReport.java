package io.stepwise.cli;

import io.stepwise.asl.Diagnostic.Severity;
import io.stepwise.cli.definition.DefinitionFile;
import io.stepwise.cli.definition.DefinitionFile.Finding;
import io.stepwise.cli.definition.Span;
import io.stepwise.cli.terminal.Colour;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.expression.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What there is to say of definitions, for people, for programs, and for code scanners. */
final class ValidationReport {
  private static final String SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  /** Most of a line that is shown. Units: characters. */
  private static final int WIDTH_MAX = 120;

  private ValidationReport() {}

  /**
   * One finding as compilers print it.
   *
   * <pre>
   * flow.asl.json:7:29: error: MISSING_TRANSITION_TARGET: Missing 'Next' target: Stpo
   *     7 |     "Next": "Stpo"
   *       |             ^~~~~~
   * </pre>
   */
  static String text(DefinitionFile file, Finding finding, Terminal terminal) {
    var diagnostic = finding.diagnostic();
    var span = finding.span();
    var colour = diagnostic.severity() == Severity.ERROR ? Colour.RED : Colour.YELLOW;
    var place = file.path() + ":" + span.line() + ":" + span.column();
    var head =
        terminal.paint(Colour.BOLD, place + ":")
            + " "
            + terminal.paint(colour, severity(finding) + ":")
            + " "
            + terminal.paint(
                Colour.BOLD, diagnostic.code() + ": " + firstLine(diagnostic.message()));
    return head + "\n" + excerpt(file.text().lines().toList(), span, colour, terminal);
  }

  private static String excerpt(List<String> lines, Span span, Colour colour, Terminal terminal) {
    var whole = span.line() <= lines.size() ? lines.get(span.line() - 1) : "";
    var at = Math.min(span.column() - 1, whole.length());
    // A definition may be one long line: of that, only what is around the place.
    var from = whole.length() <= WIDTH_MAX ? 0 : Math.max(0, at - WIDTH_MAX / 2);
    var line = whole.substring(from, Math.min(whole.length(), from + WIDTH_MAX));
    var length = Math.max(1, Math.min(span.length(), line.length() - (at - from)));
    var number = "%5d".formatted(span.line());
    // Tabs stay tabs in the line below, so that the mark stands under what it is about.
    var margin = line.substring(0, at - from).replaceAll("[^\t]", " ");
    var mark = "^" + "~".repeat(length - 1);
    return "%s | %s\n%s | %s%s\n"
        .formatted(number, line, " ".repeat(5), margin, terminal.paint(colour, mark));
  }

  /** The files and their findings as one JSON object. */
  static JsonNode json(List<DefinitionFile> files) {
    var root = Json.nodes().objectNode();
    var array = root.putArray("files");
    for (var file : files) {
      var entry = array.addObject();
      entry.put("file", file.path().toString());
      entry.put("valid", file.compiled().definition().isPresent());
      var diagnostics = entry.putArray("diagnostics");
      for (var finding : file.findings()) {
        var diagnostic = finding.diagnostic();
        var object = diagnostics.addObject();
        object.put("severity", diagnostic.severity().name());
        object.put("code", diagnostic.code());
        object.put("message", diagnostic.message());
        if (diagnostic.location() != null) {
          object.put("location", diagnostic.location());
        }
        object.put("line", finding.span().line());
        object.put("column", finding.span().column());
        object.put("length", finding.span().length());
      }
    }
    return root;
  }

  /** As SARIF 2.1.0, which code scanners read. */
  static JsonNode sarif(List<DefinitionFile> files) {
    var root = Json.nodes().objectNode().put("$schema", SARIF_SCHEMA).put("version", "2.1.0");
    var run = root.putArray("runs").addObject();
    run.putObject("tool").putObject("driver").put("name", "stepwise");
    // Columns count as Java and editors count: UTF-16 units.
    run.put("columnKind", "utf16CodeUnits");
    var results = run.putArray("results");
    for (var file : files) {
      for (var finding : file.findings()) {
        addResult(results.addObject(), file, finding);
      }
    }
    return root;
  }

  private static void addResult(ObjectNode result, DefinitionFile file, Finding finding) {
    result.put("ruleId", finding.diagnostic().code());
    result.put("level", severity(finding));
    result.putObject("message").put("text", finding.diagnostic().message());
    var physical = result.putArray("locations").addObject().putObject("physicalLocation");
    physical.putObject("artifactLocation").put("uri", uri(file));
    var span = finding.span();
    physical
        .putObject("region")
        .put("startLine", span.line())
        .put("startColumn", span.column())
        .put("endColumn", span.column() + span.length());
  }

  /** A relative reference where the path is relative: scanners resolve it against the checkout. */
  private static String uri(DefinitionFile file) {
    if (file.path().isAbsolute()) {
      return file.path().toUri().toString();
    }
    var here = Path.of("").toUri();
    return here.relativize(file.path().normalize().toUri()).toString();
  }

  private static String severity(Finding finding) {
    return finding.diagnostic().severity().name().toLowerCase(Locale.ROOT);
  }

  /** Without the excerpt that AWS's parser puts behind its sentence: we show a better one. */
  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
