package io.stepwise.cli.definition;

import io.stepwise.asl.Diagnostic;
import io.stepwise.asl.Diagnostic.Severity;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a problem of a definition often comes from, where AWS's words do not say it. */
final class Hints {
  private static final Pattern TEMPLATE =
      Pattern.compile("(?m)^\\s*[\"']?(AWSTemplateFormatVersion|Transform|Resources)[\"']?\\s*:");
  private static final Pattern COMMA_BEFORE = Pattern.compile("(?s).*,\\s*");

  private Hints() {}

  /** What to do about a problem of {@code text} at {@code span}. */
  static Optional<String> about(Diagnostic diagnostic, String text, Span span) {
    if (diagnostic.suggestion() != null) {
      return Optional.of("did you mean " + diagnostic.suggestion() + "?");
    }
    if (diagnostic.severity() == Severity.WARNING) {
      return diagnostic.code().equals(NotYet.CODE)
          ? Optional.of("answer it with run --mock FILE, or SFN_MOCK_CONFIG of a server")
          : Optional.empty();
    }
    if (isTemplate(text) && isAtRoot(diagnostic)) {
      return Optional.of(
          "this is a template of CloudFormation or SAM: validate the definition in it, or the file"
              + " of its DefinitionUri");
    }
    if (excerpt(text, span).contains("${")) {
      return Optional.of(
          "${…} is filled in when the template is deployed: validate the definition as deployed");
    }
    if (endsWithComma(diagnostic, text, span)) {
      return Optional.of("remove the comma before this: nothing follows it");
    }
    return Optional.empty();
  }

  private static boolean isAtRoot(Diagnostic diagnostic) {
    var location = diagnostic.location();
    return location == null || location.equals("/") || location.startsWith("[Source");
  }

  /** Keys of templates at the top, and none of a definition. */
  private static boolean isTemplate(String text) {
    if (!TEMPLATE.matcher(text).find()) {
      return false;
    }
    try {
      return !Json.parse(text).has("StartAt");
    } catch (InvalidJsonException e) {
      return !Pattern.compile("(?m)^StartAt\\s*:").matcher(text).find();
    }
  }

  private static String excerpt(String text, Span span) {
    return text.lines().skip(span.line() - 1L).findFirst().orElse("");
  }

  private static boolean endsWithComma(Diagnostic diagnostic, String text, Span span) {
    if (!diagnostic.code().equals("INVALID_JSON_DESCRIPTION")) {
      return false;
    }
    var at = offset(text, span);
    return at < text.length()
        && (text.charAt(at) == '}' || text.charAt(at) == ']')
        && COMMA_BEFORE.matcher(text.substring(Math.max(0, at - 500), at)).matches();
  }

  private static int offset(String text, Span span) {
    var at = 0;
    for (var line = 1; line < span.line() && at >= 0; line++) {
      at = text.indexOf('\n', at) + 1;
    }
    return at + span.column() - 1;
  }
}
