package io.stepwise.expression.jsonata;

import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Problem;
import io.stepwise.jsonata.BudgetExceededException;
import io.stepwise.jsonata.Jsonata;
import io.stepwise.jsonata.JsonataException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One compiled expression. Safe to share by threads. */
final class JsonataExpression {
  static final String INVALID_CODE = "INVALID_JSONATA_EXPRESSION";
  static final String UNSUPPORTED_CODE = "UNSUPPORTED_JSONATA_EXPRESSION";

  private static final String ERROR = "States.QueryEvaluationError";

  private final Jsonata expression;
  private final ExpressionFacts facts;

  private JsonataExpression(Jsonata expression, ExpressionFacts facts) {
    this.expression = expression;
    this.facts = facts;
  }

  /** Compiles; null after having added what is wrong to {@code problems}. */
  static @Nullable JsonataExpression compile(String text, String path, List<Problem> problems) {
    try {
      var expression = Jsonata.compile(text);
      var facts = ExpressionFacts.of(expression.references());
      var before = problems.size();
      report(facts, path, problems);
      return problems.size() > before ? null : new JsonataExpression(expression, facts);
    } catch (JsonataException e) {
      problems.add(new Problem(path, INVALID_CODE, String.valueOf(e.getMessage())));
      return null;
    }
  }

  private static void report(ExpressionFacts facts, String path, List<Problem> problems) {
    var reported = new LinkedHashSet<String>();
    for (var use : facts.unsupported()) {
      var name = use.name().equals("$") ? "$$" : use.name();
      if (reported.add(name)) {
        problems.add(
            new Problem(
                path,
                UNSUPPORTED_CODE,
                "Reference to '%s' at the top level is not supported.".formatted(name)));
      }
    }
    if (!facts.assignments().isEmpty()) {
      problems.add(new Problem(path, UNSUPPORTED_CODE, "Assigning to 'states' is not supported."));
    }
  }

  String text() {
    return expression.text();
  }

  ExpressionFacts facts() {
    return facts;
  }

  Set<String> variables() {
    return facts.variables();
  }

  /** The value. Errors: {@code States.QueryEvaluationError} at {@code location}. */
  JsonNode evaluate(Bindings bindings, String location) throws EvaluationException {
    try {
      var value =
          expression.evaluate(
              null,
              name -> name.equals("states") ? States.of(bindings, facts) : bindings.variable(name),
              Limits.BUDGET,
              bindings.moment(),
              bindings.moment().pace());
      if (value == null) {
        throw failure(location, "returned nothing (undefined).");
      }
      return Results.toJson(value, bindings.moment().pace());
    } catch (Results.UnsupportedResultException _) {
      throw failure(location, "returned an unsupported result type.");
    } catch (JsonataException e) {
      throw failure(
          location, "threw an error during evaluation. %s: %s".formatted(e.code(), e.getMessage()));
    } catch (BudgetExceededException e) {
      throw failure(location, "threw an error during evaluation: " + Limits.message(e.limit()));
    } catch (RuntimeException _) {
      throw failure(
          location, "threw an internal error during evaluation. " + bindings.moment().nextUuid());
    }
  }

  private EvaluationException failure(String location, String tail) {
    return new EvaluationException(
        ERROR,
        "The JSONata expression '%s' specified for the field '%s' %s"
            .formatted(text(), location, tail),
        location);
  }
}
