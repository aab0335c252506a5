package io.stepwise.runtime.step;

import io.stepwise.engine.Decider;
import io.stepwise.engine.Limits;
import io.stepwise.runtime.feed.FeedSink;
import io.stepwise.runtime.port.DecisionListener;
import io.stepwise.runtime.port.DecisionProbe;
import io.stepwise.runtime.port.EffectSink;
import io.stepwise.scenario.TestDirectory;
import io.stepwise.scenario.VirtualClock;
import io.stepwise.storage.Storage;

/** The step of a store's only worker and only shard, with AWS's limits and no activities. */
final class OnlyWorker {
  private OnlyWorker() {}

  static ShardStep step(
      Storage storage,
      TestDirectory directory,
      VirtualClock clock,
      EffectSink effects,
      DecisionProbe probe) {
    return new ShardStep(
        storage,
        directory,
        new Decider(Limits.AWS, arn -> false),
        clock,
        effects,
        Share.whole(1),
        1,
        new Audience(DecisionListener.NONE, probe, FeedSink.NONE));
  }
}
