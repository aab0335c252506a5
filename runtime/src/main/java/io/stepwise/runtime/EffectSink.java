package io.stepwise.runtime;

import io.stepwise.engine.effect.Effect;

/** Performs effects. Called by shards after the commit; must not block. */
@FunctionalInterface
public interface EffectSink {
  /** Performs one effect, perhaps for the second time. */
  void perform(Effect effect);
}
