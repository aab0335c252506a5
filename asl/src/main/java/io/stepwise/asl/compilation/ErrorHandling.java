package io.stepwise.asl.compilation;

import io.stepwise.asl.model.Catcher;
import io.stepwise.asl.model.Retrier;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Compiles {@code Retry} and {@code Catch}. */
final class ErrorHandling {
  private ErrorHandling() {}

  static List<Retrier> retriers(Fields state) {
    List<Retrier> retriers = new ArrayList<>();
    for (JsonNode entry : state.object().path("Retry")) {
      retriers.add(
          new Retrier(
              errors(entry),
              entry.path("IntervalSeconds").asInt(1),
              entry.path("MaxAttempts").asInt(3),
              entry.path("BackoffRate").asDouble(2.0),
              entry.has("MaxDelaySeconds")
                  ? OptionalInt.of(entry.path("MaxDelaySeconds").asInt())
                  : OptionalInt.empty(),
              entry.path("JitterStrategy").asString("").equals("FULL")));
    }
    return retriers;
  }

  static List<Catcher> catchers(Fields state) {
    List<Catcher> catchers = new ArrayList<>();
    for (JsonNode entry : state.object().path("Catch")) {
      var fields = new Fields(entry, state.language());
      catchers.add(new Catcher(errors(entry), fields.text("Next"), DataFlows.ofEntry(fields)));
    }
    return catchers;
  }

  private static List<String> errors(JsonNode entry) {
    List<String> errors = new ArrayList<>();
    for (JsonNode error : entry.path("ErrorEquals")) {
      errors.add(error.asString(""));
    }
    return errors;
  }
}
