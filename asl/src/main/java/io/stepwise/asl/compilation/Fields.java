package io.stepwise.asl.compilation;

import io.stepwise.asl.model.DataFlow.PathField;
import io.stepwise.asl.model.MapState.ItemTemplate;
import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.asl.model.ValueSource;
import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.jsonata.JsonataTemplate;
import io.stepwise.expression.jsonpath.JsonPathExpression;
import io.stepwise.expression.jsonpath.Path;
import io.stepwise.expression.jsonpath.PayloadTemplate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one valid object, compiled as they are asked for.
 *
 * @param language the language of its expressions
 */
record Fields(JsonNode object, QueryLanguage language) {

  /** The fields of an object inside this one. */
  Fields in(String name) {
    return new Fields(object.path(name), language);
  }

  boolean has(String name) {
    return object.has(name);
  }

  String text(String name) {
    return object.path(name).asString("");
  }

  @Nullable String textOrNull(String name) {
    var value = object.get(name);
    return value == null ? null : value.asString("");
  }

  /** {@code InputPath}, {@code OutputPath}, {@code ResultPath}. */
  PathField pathField(String name) {
    var value = object.get(name);
    if (value == null) {
      return PathField.WHOLE;
    }
    return value.isNull() ? PathField.NOTHING : new PathField(path(name));
  }

  /** A path that must be there. */
  Path path(String name) {
    return compiled(() -> Path.compile(text(name)));
  }

  @Nullable PayloadTemplate payloadTemplate(String name) {
    var value = object.get(name);
    return value == null ? null : compiled(() -> PayloadTemplate.compile(value));
  }

  @Nullable JsonataTemplate jsonata(String name) {
    var value = object.get(name);
    return value == null ? null : compiled(() -> JsonataTemplate.compile(value));
  }

  /** A template in the object's language. */
  @Nullable ItemTemplate itemTemplate(String name) {
    var value = object.get(name);
    if (value == null) {
      return null;
    }
    return switch (language) {
      case JSONPATH ->
          new ItemTemplate.JsonPath(name, compiled(() -> PayloadTemplate.compile(value)));
      case JSONATA ->
          new ItemTemplate.Jsonata(name, compiled(() -> JsonataTemplate.compile(value)));
    };
  }

  /** The value of {@code name} or of its variant that ends in {@code Path}. */
  @Nullable ValueSource source(String name) {
    return source(name, name + "Path");
  }

  /** The value of {@code name}, or of the path or call in {@code pathName}. */
  @Nullable ValueSource source(String name, String pathName) {
    var value = object.get(name);
    if (value != null) {
      return language == QueryLanguage.JSONATA && (isMarked(value) || value.isContainer())
          ? new ValueSource.FromJsonata(name, compiled(() -> JsonataTemplate.compile(value)))
          : new ValueSource.Literal(name, value);
    }
    return has(pathName)
        ? new ValueSource.FromPath(
            pathName, compiled(() -> JsonPathExpression.compile(text(pathName))))
        : null;
  }

  private static boolean isMarked(JsonNode value) {
    return value.isString() && value.stringValue().startsWith("{%");
  }

  /** What compiles an expression. */
  interface Compilation<T> {
    T run() throws InvalidExpressionException;
  }

  /** The result of compiling what validation has let through. */
  static <T> T compiled(Compilation<T> compilation) {
    try {
      return compilation.run();
    } catch (InvalidExpressionException e) {
      throw new IllegalStateException("Expected an expression that was validated", e);
    }
  }
}
