package io.stepwise.asl.validation;

import io.stepwise.asl.model.QueryLanguage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which language holds where. */
public final class Languages {
  private Languages() {}

  /** AWS's spelling. */
  public static String label(QueryLanguage language) {
    return switch (language) {
      case JSONPATH -> "JSONPath";
      case JSONATA -> "JSONata";
    };
  }

  /**
   * The language that an object's {@code QueryLanguage} asks for, {@code inherited} where it has
   * none. Anything but the text {@code JSONPath} counts as JSONata, as on AWS.
   */
  public static QueryLanguage of(JsonNode object, QueryLanguage inherited) {
    @Nullable JsonNode value = object.get("QueryLanguage");
    if (value == null) {
      return inherited;
    }
    return value.isString() && value.stringValue().equals("JSONPath")
        ? QueryLanguage.JSONPATH
        : QueryLanguage.JSONATA;
  }
}
