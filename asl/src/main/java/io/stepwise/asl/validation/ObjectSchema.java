package io.stepwise.asl.validation;

import io.stepwise.asl.model.QueryLanguage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The table of one kind of object: which fields it may have, in which language, with which shapes,
 * which of them it must have, and which exclude each other.
 *
 * <p>The object's own problems come first, then those of its values in the order of the document.
 */
final class ObjectSchema implements Shape {
  private final Map<String, Field> fields;
  private final List<String> required;
  private final List<Group> groups;
  private final List<Shape> rules;

  private ObjectSchema(Builder builder) {
    fields = Map.copyOf(builder.fields);
    required = List.copyOf(builder.required);
    groups = List.copyOf(builder.groups);
    rules = List.copyOf(builder.rules);
  }

  /** A field: the only language it is for, or null for both, and the shape of its value. */
  private record Field(@Nullable QueryLanguage language, Shape shape) {}

  /** Fields of which at most one may be there, and perhaps one must be. */
  private record Group(List<String> names, boolean needsOne) {}

  /** A table to fill. */
  static Builder builder() {
    return new Builder();
  }

  /** The names of all fields, sorted, each with the only language it is for, or empty for both. */
  SortedMap<String, Optional<QueryLanguage>> languages() {
    var languages = new TreeMap<String, Optional<QueryLanguage>>();
    fields.forEach((name, field) -> languages.put(name, Optional.ofNullable(field.language())));
    return languages;
  }

  @Override
  public void check(JsonNode value, Place place) {
    if (!value.isObject()) {
      place.error("Expected value of type Object");
      return;
    }
    checkNames(value, place);
    checkRequired(value, place);
    for (var group : groups) {
      checkGroup(group, value, place);
    }
    for (var rule : rules) {
      rule.check(value, place);
    }
    for (var property : value.properties()) {
      var field = fields.get(property.getKey());
      if (field != null && isFor(field, place)) {
        field.shape().check(property.getValue(), place.field(property.getKey()));
      }
    }
  }

  private void checkNames(JsonNode value, Place place) {
    for (var property : value.properties()) {
      var field = fields.get(property.getKey());
      if (field == null) {
        place.errorOf(
            property.getKey(),
            fieldsHere(place),
            "Field '" + property.getKey() + "' is not supported");
      } else if (field.language() != null && !isFor(field, place)) {
        place.error(
            "The QueryLanguage is set to '"
                + Languages.label(place.language())
                + "', but field '"
                + property.getKey()
                + "' is only supported for the '"
                + Languages.label(field.language())
                + "' QueryLanguage");
      }
    }
  }

  private List<String> fieldsHere(Place place) {
    return fields.entrySet().stream()
        .filter(field -> isFor(field.getValue(), place))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isFor(Field field, Place place) {
    return field.language() == null || field.language() == place.language();
  }

  private void checkRequired(JsonNode value, Place place) {
    List<String> missing = new ArrayList<>(required);
    missing.removeIf(value::has);
    if (!missing.isEmpty()) {
      place.error("These fields are required: " + missing);
    }
  }

  private static void checkGroup(Group group, JsonNode value, Place place) {
    var present = group.names().stream().filter(value::has).count();
    if (present > 1) {
      place.error("There should only be one of the following fields: " + group.names());
    } else if (present == 0 && group.needsOne()) {
      place.error("This object should have only one of the following fields: " + group.names());
    }
  }

  /** A table being filled. */
  static final class Builder {
    private final Map<String, Field> fields = new HashMap<>();
    private final List<String> required = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Shape> rules = new ArrayList<>();

    private Builder() {}

    /** A field of both languages. */
    Builder field(String name, Shape shape) {
      fields.put(name, new Field(null, shape));
      return this;
    }

    /** A field of JSONPath only. */
    Builder jsonPath(String name, Shape shape) {
      fields.put(name, new Field(QueryLanguage.JSONPATH, shape));
      return this;
    }

    /** A field of JSONata only. */
    Builder jsonata(String name, Shape shape) {
      fields.put(name, new Field(QueryLanguage.JSONATA, shape));
      return this;
    }

    /** Fields that must be there. */
    Builder required(String... names) {
      required.addAll(List.of(names));
      return this;
    }

    /** Fields of which one may be there. */
    Builder atMostOne(String... names) {
      groups.add(new Group(List.of(names), false));
      return this;
    }

    /** Fields of which one must be there. */
    Builder exactlyOne(String... names) {
      groups.add(new Group(List.of(names), true));
      return this;
    }

    /** A rule over the object as a whole. */
    Builder rule(Shape rule) {
      rules.add(rule);
      return this;
    }

    /** The same table with more to come. */
    Builder include(Builder other) {
      fields.putAll(other.fields);
      required.addAll(other.required);
      groups.addAll(other.groups);
      rules.addAll(other.rules);
      return this;
    }

    ObjectSchema build() {
      return new ObjectSchema(this);
    }
  }
}
