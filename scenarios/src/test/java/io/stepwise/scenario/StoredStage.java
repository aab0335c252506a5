package io.stepwise.scenario;

import io.stepwise.engine.DecisionScenario;

/** Plays the engine's scenarios on the real shard step and a store. */
public final class StoredStage implements DecisionScenario.Stage {
  @Override
  public DecisionScenario play(DecisionScenario.Setting setting) {
    var builder =
        Scenario.with(setting.definition())
            .type(setting.type())
            .limits(limits -> setting.limits())
            .seed(setting.seed());
    setting.activities().forEach(builder::activity);
    if (setting.pausedAt() != null) {
      builder.pausedAt(setting.pausedAt());
    }
    return builder.build();
  }
}
