package io.stepwise.jsonata;

import io.stepwise.jsonata.function.Library;
import io.stepwise.jsonata.node.Compiler;
import io.stepwise.jsonata.syntax.Parser;
import io.stepwise.jsonata.syntax.Syntax;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Frame;
import io.stepwise.jsonata.value.Items;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * A compiled JSONata expression. Immutable: any number of threads may evaluate it at once.
 *
 * <pre>{@code
 * var expression = Jsonata.compile("$sum(items.(price * qty))");
 * var total = expression.evaluate(input, Variables.NONE, Budget.GENEROUS, moment);
 * }</pre>
 *
 * <p>The language is JSONata 2.0.6 with the functions AWS Step Functions adds, and without {@code
 * $eval}. The input is read where it is and never changed; parts of it may be parts of the result.
 */
public final class Jsonata {
  private final String text;
  private final Compiler.Compiled compiled;
  private final Syntax tree;

  private Jsonata(String text, Compiler.Compiled compiled, Syntax tree) {
    this.text = text;
    this.compiled = compiled;
    this.tree = tree;
  }

  /** Compiles. Errors: {@link JsonataException} with an S-code and a position. */
  public static Jsonata compile(String text) {
    var tree = Parser.parse(text);
    return new Jsonata(text, Compiler.compile(tree), tree);
  }

  /** The names of all functions of the language, without their dollar sign. */
  public static Set<String> functions() {
    return Library.names();
  }

  /** The expression as written. */
  public String text() {
    return text;
  }

  /** The names it refers to, found anew at each call. */
  public References references() {
    return References.of(tree);
  }

  /**
   * Its value, or null if it is undefined. The value may be or contain a function.
   *
   * @param input the context value; null is undefined
   * @param variables the values of variables it doesn't bind itself; {@code $$} is the input
   *     Errors: {@link JsonataException}, {@link BudgetExceededException}
   */
  public @Nullable JsonNode evaluate(
      @Nullable JsonNode input, Variables variables, Budget budget, Moment moment) {
    return evaluate(input, variables, budget, moment, Pace.NONE);
  }

  /** As above, with somebody who hears how it gets on. */
  public @Nullable JsonNode evaluate(
      @Nullable JsonNode input, Variables variables, Budget budget, Moment moment, Pace pace) {
    Objects.requireNonNull(moment);
    Variables rooted = name -> name.equals("$") ? input : variables.get(name);
    var evaluation = new Evaluation(rooted, budget, moment, pace, compiled.globals());
    var context = input instanceof ArrayNode array ? Items.wrapping(array) : input;
    try {
      var value =
          compiled.node().evaluate(evaluation, context, new Frame(null, compiled.frameSize()));
      return value instanceof Items items && items.isWrapper() ? items.get(0) : value;
    } finally {
      evaluation.ended();
    }
  }
}
