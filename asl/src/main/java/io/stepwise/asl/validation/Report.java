package io.stepwise.asl.validation;

import io.stepwise.asl.Diagnostic;
import io.stepwise.asl.Diagnostic.Severity;
import io.stepwise.asl.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the walk over a definition has found: problems, and the variables each state reads. */
public final class Report {
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Map<String, Set<String>> variables = new LinkedHashMap<>();
  private final boolean stored;
  private boolean hasErrors;

  /** Of a text that somebody wants accepted. */
  public Report() {
    this(false);
  }

  private Report(boolean stored) {
    this.stored = stored;
  }

  /** Of a text that was accepted before. */
  public static Report ofStored() {
    return new Report(true);
  }

  /** Whether rules that came later than the first definitions were stored are to be kept. */
  boolean holdsLaterRules() {
    return !stored;
  }

  /** Adds an error; {@code location} is null where AWS gives none. */
  public void error(String code, String message, @Nullable String location) {
    hasErrors = true;
    diagnostics.add(new Diagnostic(Severity.ERROR, code, message, location));
  }

  /** Adds an error about a word, and the one of {@code known} that was probably meant. */
  void error(String code, String message, String location, String word, Collection<String> known) {
    hasErrors = true;
    diagnostics.add(
        new Diagnostic(
            Severity.ERROR, code, message, location, Nearest.to(word, known).orElse(null)));
  }

  /** Adds a warning. */
  public void warning(String code, String message, String location) {
    diagnostics.add(new Diagnostic(Severity.WARNING, code, message, location));
  }

  /** Notes that {@code state} reads {@code names}. */
  public void reads(String state, Collection<String> names) {
    if (!names.isEmpty()) {
      variables.computeIfAbsent(state, _ -> new TreeSet<>()).addAll(names);
    }
  }

  /** Whether there is an error, so that the definition is refused. */
  public boolean hasErrors() {
    return hasErrors;
  }

  /** Everything found, in the order found. */
  public List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }

  /** Variables read, by state name, sorted; states that read none are left out. */
  public Map<String, Set<String>> variables() {
    return variables;
  }
}
