package io.stepwise.asl.validation;

import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.Problem;
import io.stepwise.expression.jsonata.JsonataTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What validation asks about JSONata in a template. */
final class JsonataText {
  private static final Pattern STATES_FIELD = Pattern.compile("\\$states\\.([A-Za-z]+)");

  private JsonataText() {}

  static List<Problem> problems(JsonNode template, String base) {
    List<Problem> problems = new ArrayList<>();
    collect(template, base, problems);
    return problems;
  }

  private static void collect(JsonNode template, String path, List<Problem> problems) {
    if (template.isString()) {
      var text = template.stringValue();
      if (text.startsWith("{%") != text.endsWith("%}")) {
        problems.add(
            new Problem(path, Place.SCHEMA, "JSONata string must start with {% and end with %}"));
        return;
      }
      try {
        JsonataTemplate.compile(template);
      } catch (InvalidExpressionException e) {
        problems.add(new Problem(path, e.code(), String.valueOf(e.getMessage())));
      }
    }
    for (var property : template.properties()) {
      collect(property.getValue(), path + "/" + property.getKey(), problems);
    }
    for (var i = 0; template.isArray() && i < template.size(); i++) {
      collect(template.get(i), path + "[" + i + "]", problems);
    }
  }

  /** Fields of {@code $states} that a template looks at. */
  static Set<String> statesFields(JsonNode template) {
    Set<String> found = new HashSet<>();
    if (template.isString() && template.stringValue().startsWith("{%")) {
      var matcher = STATES_FIELD.matcher(template.stringValue());
      while (matcher.find()) {
        found.add(matcher.group(1));
      }
    }
    for (JsonNode child : template) {
      found.addAll(statesFields(child));
    }
    return found;
  }
}
