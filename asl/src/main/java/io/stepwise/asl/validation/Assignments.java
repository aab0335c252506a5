package io.stepwise.asl.validation;

/** The shape of {@code Assign}: variable names, and a template of their values. */
final class Assignments {
  /** Longest name. Units: characters. */
  private static final int NAME_MAX = 80;

  private Assignments() {}

  static Shape assign(JsonataScope scope) {
    return (value, place) -> {
      if (!value.isObject()) {
        place.error("Expected value of type Object");
        return;
      }
      for (var key : value.propertyNames()) {
        checkName(key, nameOf(key, place), place);
      }
      Expressions.template(scope).check(value, place);
    };
  }

  /** The variable that a key of {@code Assign} sets. */
  static String nameOf(String key, Place place) {
    return switch (place.language()) {
      case JSONPATH -> key.endsWith(".$") ? key.substring(0, key.length() - 2) : key;
      case JSONATA -> key;
    };
  }

  private static void checkName(String key, String name, Place place) {
    if (name.equals("states")) {
      place
          .field(key)
          .error("RESERVED_VARIABLE_NAME", "Cannot assign to reserved variable '$states'.");
    } else if (name.isEmpty()) {
      invalid(key, name, "the variable name cannot be empty.", place);
    } else if (name.codePointCount(0, name.length()) > NAME_MAX) {
      invalid(key, name, "the variable name exceeds " + NAME_MAX + " characters.", place);
    } else if (!isIdentifier(name)) {
      invalid(key, name, "the variable name contains invalid characters.", place);
    }
  }

  private static void invalid(String key, String name, String why, Place place) {
    place.field(key).error("INVALID_VARIABLE_NAME", "Invalid variable name '" + name + "': " + why);
  }

  private static boolean isIdentifier(String name) {
    return Character.isUnicodeIdentifierStart(name.codePointAt(0))
        && name.codePoints()
            .skip(1)
            .allMatch(
                c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }
}
