package io.stepwise.runtime.port;

import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.TaskRef;

/** Performs effects. Called by shards after the commit; must not block. */
@FunctionalInterface
public interface EffectSink {
  /** Performs one effect, perhaps for the second time. */
  void perform(Effect effect);

  /** The attempt of a task is over, however its call is going: whoever does its work may stop. */
  default void over(TaskRef task) {}
}
