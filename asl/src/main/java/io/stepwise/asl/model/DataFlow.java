package io.stepwise.asl.model;

import io.stepwise.expression.jsonata.JsonataTemplate;
import io.stepwise.expression.jsonpath.Path;
import io.stepwise.expression.jsonpath.PayloadTemplate;
import org.jspecify.annotations.Nullable;

/**
 * How data flows through a state: the fields that shape its input, its work's arguments, its
 * variables and its output. A component is null where the definition leaves the field out; a field
 * that the state type does not have is always null.
 */
public sealed interface DataFlow {

  /**
   * JSONPath.
   *
   * <pre>
   * raw input ─InputPath─▶ effective input ─Parameters─▶ work ─ResultSelector─▶ result
   *     └──────────────────── ResultPath merges the result into ◀──────────────────┘
   *                                     └─OutputPath─▶ output
   * </pre>
   *
   * @param inputPath selects the effective input
   * @param parameters template of what the work is given ({@code ItemSelector} is not here)
   * @param resultSelector template over the raw result
   * @param resultPath where the result goes in the raw input
   * @param outputPath selects the output
   * @param assign template of the variables to set
   */
  record JsonPath(
      PathField inputPath,
      @Nullable PayloadTemplate parameters,
      @Nullable PayloadTemplate resultSelector,
      PathField resultPath,
      PathField outputPath,
      @Nullable PayloadTemplate assign)
      implements DataFlow {

    /** Nothing but defaults. */
    public static final JsonPath DEFAULT =
        new JsonPath(PathField.WHOLE, null, null, PathField.WHOLE, PathField.WHOLE, null);
  }

  /**
   * JSONata: {@code $states.input} ▶ Arguments ▶ work ▶ Assign beside Output.
   *
   * @param arguments what the work is given
   * @param output the output
   * @param assign the variables to set
   */
  record Jsonata(
      @Nullable JsonataTemplate arguments,
      @Nullable JsonataTemplate output,
      @Nullable JsonataTemplate assign)
      implements DataFlow {}

  /**
   * Value of {@code InputPath}, {@code ResultPath} or {@code OutputPath}.
   *
   * @param path the path, or null for the JSON value {@code null}: nothing
   */
  record PathField(@Nullable Path path) {
    /** The default, {@code $}: everything. */
    public static final PathField WHOLE = new PathField(wholePath());

    /** The JSON value {@code null}: discard. */
    public static final PathField NOTHING = new PathField(null);

    /** Whether it is exactly {@code $}. */
    public boolean isWhole() {
      return path != null && path.isIdentity();
    }

    private static Path wholePath() {
      try {
        return Path.compile("$");
      } catch (io.stepwise.expression.InvalidExpressionException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
