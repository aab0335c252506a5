package io.stepwise.engine.behavior;

import io.stepwise.asl.model.ValueSource;
import io.stepwise.asl.model.WaitState;
import io.stepwise.engine.execution.Scope;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.JsonNumbers;
import io.stepwise.expression.jsonpath.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.JsonNode;

/** Waits for a number of seconds or until a moment; a moment in the past is over at once. */
final class WaitBehavior implements StateBehavior<WaitState> {
  private final Draft draft;
  private final Transitions transitions;
  private final Failures failures;

  WaitBehavior(Draft draft, Transitions transitions, Failures failures) {
    this.draft = draft;
    this.transitions = transitions;
    this.failures = failures;
  }

  @Override
  public void begin(Scope scope, WaitState state) throws EvaluationException {
    var effective = DataFlows.effectiveInput(draft, scope, state.dataFlow());
    var bindings = new StateBindings(draft, scope, effective);
    var source = state.duration();
    JsonNode value;
    if (source instanceof ValueSource.FromPath(var field, var path) && path instanceof Path known) {
      var found = known.find(bindings);
      if (found == null) {
        throw runtime(
            "The " + field + " parameter does not reference an input value: " + path.text());
      }
      value = found;
    } else {
      value = Values.evaluate(source, bindings);
    }
    long dueMillis;
    if (source.field().startsWith("Seconds")) {
      dueMillis = draft.nowMillis() + 1000 * seconds(source, value);
    } else {
      try {
        dueMillis = timestampMillis(source, value);
      } catch (EvaluationException e) {
        // AWS hangs this failure on the Entered event, unlike all others of JSONata.
        failures.evaluationFailed(scope, e, scope.lastEventId());
        return;
      }
    }
    if (dueMillis - draft.nowMillis() > Integer.MAX_VALUE * 1000L) {
      throw runtime("Wait state delay is too long.");
    }
    if (dueMillis <= draft.nowMillis()) {
      over(scope, state);
    } else {
      draft.setTimer(scope, Timer.Kind.WAIT, dueMillis);
    }
  }

  /** The wait is over. */
  void over(Scope scope, WaitState state) throws EvaluationException {
    var handover = DataFlows.afterInput(draft, scope, state.dataFlow(), "");
    transitions.exit(scope, handover, state.transition());
  }

  private static long seconds(ValueSource source, JsonNode value) throws EvaluationException {
    switch (source) {
      case ValueSource.Literal literal -> {
        return JsonNumbers.toLong(value);
      }
      case ValueSource.FromJsonata(var field, var expression) -> {
        if (!value.isNumber()) {
          throw Values.unexpectedType(expression.expressionText(), field, "number", value);
        }
        if (!Values.isWhole(value) || JsonNumbers.toDouble(value) < 0) {
          throw new EvaluationException(
              ErrorNames.QUERY_EVALUATION_ERROR,
              "The Seconds field must be a non-negative integer but was: " + Values.print(value),
              field);
        }
        return Math.min(JsonNumbers.toLong(value), Integer.MAX_VALUE + 1L);
      }
      case ValueSource.FromPath(var field, var path) -> {
        if (!value.isNumber() || !Values.isWhole(value)) {
          throw runtime(
              "The SecondsPath parameter cannot be parsed as a long value: "
                  + path.text()
                  + " == "
                  + Values.print(value));
        }
        if (JsonNumbers.toDouble(value) < 0) {
          throw runtime(
              "The SecondsPath parameter references a negative value: "
                  + path.text()
                  + " == "
                  + Values.print(value));
        }
        return Math.min(JsonNumbers.toLong(value), Integer.MAX_VALUE + 1L);
      }
    }
  }

  private static long timestampMillis(ValueSource source, JsonNode value)
      throws EvaluationException {
    try {
      if (value.isString()) {
        var text = value.stringValue();
        if (text.indexOf('T') > 0) {
          return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
              .toInstant()
              .toEpochMilli();
        }
      }
    } catch (DateTimeException e) {
      // The message below is AWS's, for whatever is wrong with the text.
    }
    throw switch (source) {
      case ValueSource.FromPath(var field, var path) ->
          runtime(
              "The TimestampPath parameter does not reference a valid ISO-8601 extended offset"
                  + " date-time format string: "
                  + path.text()
                  + " == "
                  + Values.print(value));
      case ValueSource.FromJsonata(var field, var expression) when !value.isString() ->
          Values.unexpectedType(expression.expressionText(), field, "string", value);
      case ValueSource.FromJsonata jsonata ->
          new EvaluationException(
              ErrorNames.QUERY_EVALUATION_ERROR,
              "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format"
                  + " string: "
                  + Values.print(value),
              "Timestamp");
      case ValueSource.Literal literal ->
          runtime(
              "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format"
                  + " string: "
                  + Values.print(value));
    };
  }

  private static EvaluationException runtime(String cause) {
    return new EvaluationException(ErrorNames.RUNTIME, cause);
  }
}
