package io.stepwise.catalog;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a revision says besides definition and role.
 *
 * @param encryption null where AWS owns the key
 */
public record Settings(Logging logging, boolean tracing, @Nullable Encryption encryption) {
  /** Nothing is logged, traced or encrypted. */
  public static final Settings DEFAULT = new Settings(Logging.OFF, false, null);

  public Settings {
    Objects.requireNonNull(logging);
  }

  /**
   * Where executions are logged.
   *
   * @param level OFF, FATAL, ERROR or ALL
   * @param logGroupArns at most one; null where none were given, which is shown otherwise than an
   *     empty list
   */
  public record Logging(
      String level, boolean includeExecutionData, @Nullable List<String> logGroupArns) {
    /** No logs. */
    public static final Logging OFF = new Logging("OFF", false, null);

    public Logging {
      Objects.requireNonNull(level);
      logGroupArns = logGroupArns == null ? null : List.copyOf(logGroupArns);
    }
  }

  /** By which key data is encrypted; kept and shown, without effect. */
  public record Encryption(
      String type, @Nullable String kmsKeyId, @Nullable Integer kmsDataKeyReusePeriodSeconds) {
    public Encryption {
      Objects.requireNonNull(type);
    }
  }
}
