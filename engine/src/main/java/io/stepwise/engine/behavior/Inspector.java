package io.stepwise.engine.behavior;

import io.stepwise.expression.Payload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Looks over the shoulder of the behaviors while one state is tested: sees the values between the
 * steps of its data flow, and stands in for the Context object. Executions have none.
 */
public interface Inspector {

  /** The Context object the state sees. */
  JsonNode context(@Nullable String taskToken);

  /** The data flow got to a value. */
  void reached(Stage stage, Payload value);

  /** A Map was told a limit. */
  void limit(MapLimit limit, double value);

  /** The state failed; a later failure of the same state follows from the first. */
  void failed(@Nullable String error, @Nullable String cause);

  /**
   * A retrier took the failure.
   *
   * @param delaySeconds until the retry, without jitter; negative where no attempt is left
   */
  void retrier(int index, double delaySeconds);

  /** A catcher took the failure. */
  void catcher(int index);

  /** A point in the data flow of a state. */
  enum Stage {
    /** After InputPath. */
    AFTER_INPUT_PATH,
    /** After Parameters. */
    AFTER_PARAMETERS,
    /** After Arguments. */
    AFTER_ARGUMENTS,
    /** What the work gave. */
    RESULT,
    /** After ResultSelector. */
    AFTER_RESULT_SELECTOR,
    /** After ResultPath. */
    AFTER_RESULT_PATH,
    /** The items after ItemsPath. */
    AFTER_ITEMS_PATH,
    /** The items after ItemsPointer. */
    AFTER_ITEMS_POINTER,
    /** The input of every iteration after ItemSelector. */
    AFTER_ITEM_SELECTOR,
    /** The input of every child after ItemBatcher. */
    AFTER_ITEM_BATCHER
  }

  /** A limit of a Map. */
  enum MapLimit {
    /** MaxConcurrency; 0 where the definition sets none. */
    MAX_CONCURRENCY,
    /** ToleratedFailureCount. */
    TOLERATED_FAILURE_COUNT,
    /** ToleratedFailurePercentage. */
    TOLERATED_FAILURE_PERCENTAGE
  }
}
