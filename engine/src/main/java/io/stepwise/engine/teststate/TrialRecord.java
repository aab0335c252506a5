package io.stepwise.engine.teststate;

import io.stepwise.engine.behavior.Inspector;
import io.stepwise.expression.Payload;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Notes what the behaviors show of a state under test. */
final class TrialRecord implements Inspector {
  private final TrialSetup setup;
  private final long enteredMillis;
  final Map<Stage, Payload> stages = new LinkedHashMap<>();
  final Map<MapLimit, Double> limits = new EnumMap<>(MapLimit.class);
  boolean hasFailed;
  @Nullable String error;
  @Nullable String cause;
  @Nullable Integer retryIndex;
  @Nullable Double retrySeconds;
  @Nullable Integer catchIndex;

  TrialRecord(TrialSetup setup, long enteredMillis) {
    this.setup = setup;
    this.enteredMillis = enteredMillis;
  }

  @Override
  public JsonNode context(@Nullable String taskToken) {
    return TrialContext.of(setup, enteredMillis, taskToken);
  }

  @Override
  public void reached(Stage stage, Payload value) {
    stages.put(stage, value);
  }

  @Override
  public void limit(MapLimit limit, double value) {
    limits.put(limit, value);
  }

  @Override
  public void failed(@Nullable String error, @Nullable String cause) {
    // The first has the cause as it is, before a history's prefix about the event of the entry.
    if (!hasFailed) {
      hasFailed = true;
      this.error = error;
      this.cause = cause;
    }
  }

  @Override
  public void retrier(int index, double delaySeconds) {
    retryIndex = index;
    retrySeconds = delaySeconds < 0 ? null : (Double) delaySeconds;
  }

  @Override
  public void catcher(int index) {
    catchIndex = index;
  }
}
