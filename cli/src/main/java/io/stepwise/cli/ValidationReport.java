package io.stepwise.cli;

import io.stepwise.asl.Diagnostic.Severity;
import io.stepwise.cli.definition.DefinitionFile;
import io.stepwise.cli.definition.DefinitionFile.Finding;
import io.stepwise.cli.definition.Span;
import io.stepwise.cli.definition.TextInput;
import io.stepwise.cli.terminal.Colour;
import io.stepwise.cli.terminal.DisplayText;
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

  private static final int WIDTH_MIN = 20;
  private static final String MARGIN = "      | ";

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
    var place = DisplayText.escaped(file.name()) + ":" + span.line() + ":" + span.column();
    var head =
        terminal.paint(Colour.BOLD, place + ":")
            + " "
            + terminal.paint(colour, severity(finding) + ":")
            + " "
            + terminal.paint(
                Colour.BOLD,
                diagnostic.code() + ": " + DisplayText.escaped(firstLine(diagnostic.message())));
    return head
        + "\n"
        + excerpt(file.text().lines().toList(), span, colour, terminal)
        + hint(finding, terminal);
  }

  private static String hint(Finding finding, Terminal terminal) {
    return finding.hint() == null
        ? ""
        : "      = %s%s\n"
            .formatted(terminal.paint(Colour.BLUE, "hint: "), DisplayText.escaped(finding.hint()));
  }

  private static String excerpt(List<String> lines, Span span, Colour colour, Terminal terminal) {
    var whole = span.line() <= lines.size() ? lines.get(span.line() - 1) : "";
    var at = Math.min(span.column() - 1, whole.length());
    var width = Math.clamp(terminal.columns() - MARGIN.length(), WIDTH_MIN, WIDTH_MAX);
    // A definition may be one long line: of that, only what is around the place.
    var from = whole.length() <= width ? 0 : Math.max(0, at - width / 2);
    var to = Math.min(whole.length(), from + width);
    var length = Math.max(1, Math.min(span.length(), to - at));
    var before = shown(whole.substring(from, at));
    var marked = shown(whole.substring(at, Math.min(whole.length(), at + length)));
    var after = shown(whole.substring(Math.min(whole.length(), at + length), to));
    var room = Math.max(1, width - DisplayText.width(before));
    var mark = "^" + "~".repeat(Math.clamp(DisplayText.width(marked), 1, room) - 1);
    return "%5d | %s\n%s%s%s\n"
        .formatted(
            span.line(),
            DisplayText.cut(before + marked + after, width),
            MARGIN,
            // The mark stands under what it is about, however wide what is before it is.
            " ".repeat(DisplayText.width(before)),
            terminal.paint(colour, mark));
  }

  /** As a terminal may show it: a tab as four blanks, what is obeyed as its escape. */
  private static String shown(String text) {
    return DisplayText.escaped(text.replace("\t", "    "));
  }

  /** The files and their findings as one JSON object. */
  static JsonNode json(List<DefinitionFile> files) {
    var root = Json.nodes().objectNode();
    var array = root.putArray("files");
    for (var file : files) {
      var entry = array.addObject();
      entry.put("file", file.name());
      entry.put("valid", file.compiled().definition().isPresent());
      var diagnostics = entry.putArray("diagnostics");
      for (var finding : file.findings()) {
        var diagnostic = finding.diagnostic();
        var object = diagnostics.addObject();
        object.put("severity", diagnostic.severity().name());
        object.put("code", diagnostic.code());
        object.put("message", diagnostic.message());
        if (finding.hint() != null) {
          object.put("hint", finding.hint());
        }
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
    var hint = finding.hint() == null ? "" : " (" + finding.hint() + ")";
    result.putObject("message").put("text", finding.diagnostic().message() + hint);
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
    if (file.name().equals(TextInput.STANDARD_INPUT)) {
      return "stdin";
    }
    var path = Path.of(file.name());
    return path.isAbsolute()
        ? path.toUri().toString()
        : Path.of("").toUri().relativize(path.normalize().toUri()).toString();
  }

  private static String severity(Finding finding) {
    return finding.diagnostic().severity().name().toLowerCase(Locale.ROOT);
  }

  /** Without the excerpt that AWS's parser puts behind its sentence: we show a better one. */
  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
