package io.stepwise.engine.execution;

import io.stepwise.expression.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What a Parallel or Map state set out to do; see {@link FanOut} for how far it got.
 *
 * @param total branches or items; −1 where a map run reads its items from elsewhere
 * @param items the items of a Map (array or object), or what a map run reads them from; the input
 *     of every branch for Parallel
 * @param maxConcurrency at a time at most; 0 means no limit of its own
 * @param mapRun what only a map run has, or null
 */
public record FanOutPlan(
    Kind kind, int total, Payload items, int maxConcurrency, @Nullable MapRunPlan mapRun) {

  /** What runs side by side. */
  public enum Kind {
    /** Branches of a Parallel state. */
    PARALLEL,
    /** Iterations of an inline Map. */
    MAP,
    /** Child executions of a Distributed Map. */
    MAP_RUN
  }

  /**
   * What only a map run has.
   *
   * @param stamp quoted by the children when they end
   * @param startMillis when it started. Units: milliseconds since 1970
   * @param toleratedFailureCount or −1 where the definition sets none
   * @param toleratedFailurePercentage or −1 where the definition sets none
   * @param batched whether each child gets several items
   */
  public record MapRunPlan(
      String arn,
      int stamp,
      long startedEventId,
      long startMillis,
      long toleratedFailureCount,
      double toleratedFailurePercentage,
      boolean batched) {}
}
