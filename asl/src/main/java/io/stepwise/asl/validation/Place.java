package io.stepwise.asl.validation;

import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.asl.model.StateMachineType;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Where in the document the walk is, and what holds there: the language, the type of machine, the
 * state around it. The location's text is built only when something is reported.
 */
public final class Place {
  /** Code of all problems of shape. */
  public static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";

  private final @Nullable Place parent;
  private final String segment;
  private final Setting setting;

  private Place(@Nullable Place parent, String segment, Setting setting) {
    this.parent = parent;
    this.segment = segment;
    this.setting = setting;
  }

  /** What holds below a place until something changes it. */
  private record Setting(
      Report report,
      StateMachineType type,
      QueryLanguage machineLanguage,
      QueryLanguage language,
      String state) {}

  /** The whole document. */
  public static Place root(Report report, StateMachineType type, QueryLanguage language) {
    return new Place(null, "", new Setting(report, type, language, language, ""));
  }

  /** The field of that name of the object here. */
  public Place field(String name) {
    return new Place(this, "/" + name, setting);
  }

  /** The element of the array here. */
  public Place element(int index) {
    return new Place(this, "[" + index + "]", setting);
  }

  /** This place as that of a state. */
  public Place asState(String name, QueryLanguage language) {
    return new Place(
        parent,
        segment,
        new Setting(setting.report, setting.type, setting.machineLanguage, language, name));
  }

  /** This place as inside an execution of that type. */
  public Place asType(StateMachineType type) {
    return new Place(
        parent,
        segment,
        new Setting(
            setting.report, type, setting.machineLanguage, setting.language, setting.state));
  }

  /** The language of the expressions here. */
  public QueryLanguage language() {
    return setting.language;
  }

  /** The language of states that name none. */
  public QueryLanguage machineLanguage() {
    return setting.machineLanguage;
  }

  /** The type of the execution that runs what is here. */
  public StateMachineType type() {
    return setting.type;
  }

  /** Slash path from the root, e.g. {@code /States/C/Choices[0]/Next}; {@code /} for the root. */
  public String location() {
    if (parent == null) {
      return "/";
    }
    var text = new StringBuilder();
    append(text);
    return text.toString();
  }

  private void append(StringBuilder text) {
    if (parent != null) {
      parent.append(text);
      text.append(segment);
    }
  }

  /** Reports a problem of shape here. */
  public void error(String message) {
    error(SCHEMA, message);
  }

  /** Reports a problem here. */
  public void error(String code, String message) {
    setting.report.error(code, message, location());
  }

  /** Reports a problem of shape with a word here, and which of the known ones was meant. */
  void errorOf(String word, Collection<String> known, String message) {
    errorOf(word, known, SCHEMA, message);
  }

  /** Reports a problem with a word here, and which of the known ones was meant. */
  void errorOf(String word, Collection<String> known, String code, String message) {
    errorOfAt(location(), word, known, code, message);
  }

  /** As {@link #errorOf}, at a location that was built already. */
  void errorOfAt(
      String location, String word, Collection<String> known, String code, String message) {
    setting.report.error(code, message, location, word, known);
  }

  /** Reports a problem at a location that was built already. */
  public void errorAt(String location, String code, String message) {
    setting.report.error(code, message, location);
  }

  /** Reports a doubt here. */
  public void warning(String code, String message) {
    setting.report.warning(code, message, location());
  }

  /** Whether rules that came later than the first definitions were stored are to be kept. */
  boolean holdsLaterRules() {
    return setting.report.holdsLaterRules();
  }

  /** Notes the variables that an expression here reads. */
  public void reads(Collection<String> variables) {
    setting.report.reads(setting.state, variables);
  }
}
