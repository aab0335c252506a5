package io.stepwise.expression.jsonpath;

import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.jsonpath.functions.IntrinsicFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** A compiled call of an intrinsic function, e.g. {@code States.Format('{}', $.name)}. */
public final class IntrinsicCall implements JsonPathExpression {
  private final String text;
  private final IntrinsicFunction function;
  private final List<Argument> arguments;

  IntrinsicCall(String text, IntrinsicFunction function, List<Argument> arguments) {
    this.text = text;
    this.function = function;
    this.arguments = List.copyOf(arguments);
  }

  /** What stands between the parentheses of a call. */
  sealed interface Argument {
    /** A string, number, boolean or null written in the call. */
    record Literal(JsonNode value) implements Argument {}

    /** A path or a nested call. */
    record Computed(JsonPathExpression expression) implements Argument {}
  }

  /** Compiles a call. Errors: {@link InvalidExpressionException} when it is none. */
  public static IntrinsicCall compile(String text) throws InvalidExpressionException {
    return new IntrinsicParser(text).readAll();
  }

  @Override
  public String text() {
    return text;
  }

  /** Name of the outermost function, e.g. {@code States.Format}. */
  public String functionName() {
    return function.label();
  }

  /** The paths it looks at, outermost first. */
  public List<Path> paths() {
    var paths = new ArrayList<Path>();
    for (var argument : arguments) {
      if (argument instanceof Argument.Computed computed) {
        switch (computed.expression()) {
          case Path path -> paths.add(path);
          case IntrinsicCall call -> paths.addAll(call.paths());
        }
      }
    }
    return paths;
  }

  @Override
  public Set<String> variables() {
    var names = new TreeSet<String>();
    for (var path : paths()) {
      names.addAll(path.variables());
    }
    return names;
  }

  @Override
  public JsonNode evaluate(Bindings bindings) throws EvaluationException {
    return evaluate(bindings, text);
  }

  /** As above as the value of {@code field}, which a missing argument is reported for. */
  JsonNode evaluate(Bindings bindings, String field) throws EvaluationException {
    var values = new ArrayList<JsonNode>(arguments.size());
    for (var argument : arguments) {
      values.add(
          switch (argument) {
            case Argument.Literal literal -> literal.value();
            case Argument.Computed computed ->
                PayloadTemplate.evaluateField(computed.expression(), field, bindings);
          });
    }
    return function.apply(values, bindings.moment());
  }

  /** The call as written. */
  @Override
  public String toString() {
    return text;
  }
}
