package io.stepwise.protocol;

import io.stepwise.expression.Json;
import io.stepwise.expression.JsonNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One member of an input and what the service model demands of it. Immutable; the methods that add
 * a constraint return a new member.
 *
 * @param min least length or value
 * @param max greatest length or value
 * @param element what a list is made of, or the members of a structure
 * @param typeName how AWS names the structure in messages
 */
public record Member(
    String name,
    Kind kind,
    boolean isRequired,
    double min,
    double max,
    @Nullable Pattern pattern,
    List<String> values,
    @Nullable Shape element,
    String typeName) {

  private static final double NONE = Double.NaN;

  public Member {
    Objects.requireNonNull(name);
    values = List.copyOf(values);
  }

  /** Types of members. */
  public enum Kind {
    /** A string. */
    TEXT,
    /** A whole number. */
    WHOLE,
    /** A number. */
    DECIMAL,
    /** A boolean. */
    FLAG,
    /** A structure. */
    STRUCTURE,
    /** A list of structures. */
    STRUCTURES,
    /** A list of strings; the element's only member says what they are. */
    TEXTS
  }

  private static Member of(String name, Kind kind, @Nullable Shape element, String typeName) {
    return new Member(name, kind, false, NONE, NONE, null, List.of(), element, typeName);
  }

  /** A string of a length. */
  public static Member text(String name, int min, int max) {
    return of(name, Kind.TEXT, null, "").within(min, max);
  }

  /** A string that is one of {@code values}. */
  public static Member oneOf(String name, String... values) {
    return new Member(name, Kind.TEXT, false, NONE, NONE, null, List.of(values), null, "");
  }

  /** A whole number within bounds. */
  public static Member whole(String name, double min, double max) {
    return of(name, Kind.WHOLE, null, "").within(min, max);
  }

  /** A number within bounds. */
  public static Member decimal(String name, double min, double max) {
    return of(name, Kind.DECIMAL, null, "").within(min, max);
  }

  /** A boolean. */
  public static Member flag(String name) {
    return of(name, Kind.FLAG, null, "");
  }

  /** A structure. */
  public static Member structure(String name, Member... members) {
    return of(name, Kind.STRUCTURE, Shape.of(members), "");
  }

  /** A list of structures. */
  public static Member structures(String name, String typeName, Member... members) {
    return of(name, Kind.STRUCTURES, Shape.of(members), typeName);
  }

  /** A list of strings. */
  public static Member texts(String name, int min, int max) {
    return of(name, Kind.TEXTS, Shape.of(text("member", min, max)), "");
  }

  /** It must be there. */
  public Member required() {
    return new Member(name, kind, true, min, max, pattern, values, element, typeName);
  }

  /** Bounds of its length or value. */
  public Member within(double least, double greatest) {
    return new Member(name, kind, isRequired, least, greatest, pattern, values, element, typeName);
  }

  /** It must match a pattern. */
  public Member matching(String regex) {
    return new Member(
        name, kind, isRequired, min, max, Pattern.compile(regex), values, element, typeName);
  }

  void check(@Nullable JsonNode value, String path, List<String> violations) {
    if (value == null || value.isNull()) {
      if (isRequired) {
        violations.add(violation("null", path, "not be null"));
      }
      return;
    }
    switch (kind) {
      case TEXT -> checkText(value, path, violations);
      case WHOLE, DECIMAL -> checkNumber(value, path, violations);
      case FLAG -> demand(value.isBoolean(), value, "a Boolean");
      case STRUCTURE -> {
        demand(value.isObject(), value, "a Structure");
        shape().check(value, path + ".", violations);
      }
      case STRUCTURES, TEXTS -> checkList(value, path, violations);
    }
  }

  private void checkText(JsonNode value, String path, List<String> violations) {
    demand(value.isString(), value, "a String");
    var text = value.stringValue();
    if (text.length() > max && text.codePointCount(0, text.length()) > max) {
      violations.add(quoted(text, path, "have length less than or equal to " + (long) max));
    }
    if (text.length() < min) {
      violations.add(quoted(text, path, "have length greater than or equal to " + (long) min));
    }
    if (pattern != null && !pattern.matcher(text).matches()) {
      violations.add(
          quoted(text, path, "satisfy regular expression pattern: " + pattern.pattern()));
    }
    if (!values.isEmpty() && !values.contains(text)) {
      violations.add(quoted(text, path, "satisfy enum value set: " + values));
    }
  }

  private void checkNumber(JsonNode value, String path, List<String> violations) {
    demand(
        kind == Kind.WHOLE ? isWhole(value) : value.isNumber(),
        value,
        kind == Kind.WHOLE ? "an Integer" : "a Float");
    var number = JsonNumbers.toDouble(value);
    if (number > max) {
      violations.add(
          quoted(value.asString(), path, "have value less than or equal to " + (long) max));
    }
    if (number < min) {
      violations.add(
          quoted(value.asString(), path, "have value greater than or equal to " + (long) min));
    }
  }

  /** An integer, or a long where the bounds ask for one. */
  private boolean isWhole(JsonNode value) {
    return value.isIntegralNumber()
        && (max > Integer.MAX_VALUE ? value.canConvertToLong() : value.canConvertToInt());
  }

  private void checkList(JsonNode value, String path, List<String> violations) {
    demand(value.isArray(), value, "a List");
    // Items of the wrong type can't be read at all, so that is told before any bound.
    var ofItems = new ArrayList<String>();
    var number = 0;
    for (var item : value) {
      number++;
      var itemPath = path + "." + number + ".member";
      if (kind == Kind.TEXTS) {
        shape().members().getFirst().check(item, itemPath, ofItems);
      } else {
        demand(item.isObject(), item, "a Structure");
        shape().check(item, itemPath + ".", ofItems);
      }
    }
    if (value.size() > max) {
      violations.add(
          quoted(printed(value), path, "have length less than or equal to " + (long) max));
    }
    if (value.size() < min) {
      violations.add(
          quoted(printed(value), path, "have length greater than or equal to " + (long) min));
    }
    violations.addAll(ofItems);
  }

  private Shape shape() {
    return Objects.requireNonNull(element);
  }

  private String printed(JsonNode list) {
    return list.valueStream()
        .map(
            item ->
                shape().members().stream()
                    .map(m -> m.name() + "=" + printed(item, m.name()))
                    .collect(Collectors.joining(", ", typeName + "(", ")")))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String printed(JsonNode item, String name) {
    var value = item.path(name);
    return value.isString()
        ? value.stringValue()
        : value.isMissingNode() ? "null" : Json.print(value);
  }

  private static String quoted(String value, String path, String demand) {
    return violation("'" + value + "'", path, demand);
  }

  private static String violation(String value, String path, String demand) {
    return "Value "
        + value
        + " at '"
        + path
        + "' failed to satisfy constraint: Member must "
        + demand;
  }

  private static void demand(boolean fits, JsonNode value, String type) {
    if (!fits) {
      throw new CommonError.SerializationException(
              found(value) + " can not be converted to " + type)
          .toException();
    }
  }

  private static String found(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "STRING_VALUE";
      case NUMBER -> value.isIntegralNumber() ? "NUMBER_VALUE" : "DECIMAL_VALUE";
      case BOOLEAN -> value.booleanValue() ? "TRUE_VALUE" : "FALSE_VALUE";
      case ARRAY -> "START_ARRAY";
      case OBJECT -> "START_OBJECT";
      default -> "NULL_VALUE";
    };
  }
}
