package io.stepwise.asl;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One problem of a definition, in AWS's words.
 *
 * @param code e.g. {@code SCHEMA_VALIDATION_FAILED}
 * @param location slash path, e.g. {@code /States/A/Next}, or null where AWS gives none
 * @param suggestion what was probably meant, e.g. a name that is spelled otherwise, or null; AWS
 *     has none
 */
public record Diagnostic(
    Severity severity,
    String code,
    String message,
    @Nullable String location,
    @Nullable String suggestion) {

  /** The code of a Map's {@code Label} that can't be part of an ARN. */
  public static final String INVALID_LABEL_NAME = "INVALID_LABEL_NAME";

  public Diagnostic {
    Objects.requireNonNull(severity);
    Objects.requireNonNull(code);
    Objects.requireNonNull(message);
  }

  /** One without a suggestion. */
  public Diagnostic(Severity severity, String code, String message, @Nullable String location) {
    this(severity, code, message, location, null);
  }

  /** As an InvalidDefinition error prints it: {@code CODE: message at location}. */
  public String inline() {
    return code + ": " + message + " at " + location;
  }

  /** Whether the definition is refused for it. */
  public enum Severity {
    /** Refused. */
    ERROR,
    /** Accepted. */
    WARNING
  }
}
