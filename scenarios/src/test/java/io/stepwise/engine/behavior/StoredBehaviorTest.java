package io.stepwise.engine.behavior;

import org.junit.jupiter.api.Nested;

/**
 * The engine's scenarios once more, on the real shard step and a store: after every commit what is
 * stored equals the fold of the events, and a restart reads it back.
 */
class StoredBehaviorTest {
  @Nested
  class Activities extends ActivityTest {}

  @Nested
  class Data extends DataTest {}

  @Nested
  class Maps extends MapBehaviorTest {}

  @Nested
  class MapRuns extends MapRunBehaviorTest {}

  @Nested
  class Parallels extends ParallelBehaviorTest {}

  @Nested
  class Redrives extends RedriveTest {}

  @Nested
  class RetriesAndCatches extends RetryAndCatchTest {}

  @Nested
  class SimpleStates extends SimpleStatesTest {}

  @Nested
  class Tasks extends TaskBehaviorTest {}

  @Nested
  class Waits extends WaitBehaviorTest {}
}
