package io.stepwise.cli.definition;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in a file the places of a definition are: from a slash path such as {@code
 * /States/C/Choices[0]/Next} to a line and a column.
 *
 * <p>A place is shown at its value where that is a scalar, and at its name where it is an object or
 * an array, which would go over many lines.
 */
final class Places {
  private static final Pattern FIELD = Pattern.compile("[Ff]ield ['\"]([^'\"]+)['\"]");

  /** How a message begins that is about the value of the field it names. */
  private static final String OF_VALUE = "The value for the field";

  private final Map<String, Span> shown = new HashMap<>();
  private final Map<String, Span> names = new HashMap<>();

  /** Notes a value. */
  void put(String path, Span span) {
    shown.putIfAbsent(path, span);
  }

  /** Notes the name of a member. */
  void putName(String path, Span span) {
    names.put(path, span);
  }

  /**
   * Where to point for a message about {@code location}. A message about a field of the object
   * there points at that field; a place that is not in the file is shown at what encloses it.
   */
  Span find(@Nullable String location, String message) {
    var path = location == null ? "" : location.equals("/") ? "" : location;
    var field = FIELD.matcher(message);
    if (field.find()) {
      var member = path + "/" + field.group(1);
      var name = message.startsWith(OF_VALUE) ? shown.get(member) : names.get(member);
      name = name == null ? names.get(member + ".$") : name;
      if (name != null) {
        return name;
      }
    }
    for (; !path.isEmpty(); path = parent(path)) {
      var span = shown.get(path);
      if (span != null) {
        return span;
      }
    }
    return shown.getOrDefault("", Span.START);
  }

  private static String parent(String path) {
    var end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('['));
    return end < 0 ? "" : path.substring(0, end);
  }
}
