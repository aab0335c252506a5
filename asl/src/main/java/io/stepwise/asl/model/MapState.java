package io.stepwise.asl.model;

import io.stepwise.expression.jsonata.JsonataTemplate;
import io.stepwise.expression.jsonpath.PayloadTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A Map state.
 *
 * @param items from {@code Items} or {@code ItemsPath}; null: the effective input
 * @param itemSelector template of each item's input, or null: the item itself
 * @param maxConcurrency from {@code MaxConcurrency} or its Path, or null: no limit of its own
 * @param processor what runs for each item
 * @param distributed what only a Distributed Map has, or null for an inline one
 */
public record MapState(
    String name,
    DataFlow dataFlow,
    @Nullable ValueSource items,
    @Nullable ItemTemplate itemSelector,
    @Nullable ValueSource maxConcurrency,
    StateGraph processor,
    @Nullable Distributed distributed,
    List<Retrier> retriers,
    List<Catcher> catchers,
    Transition transition)
    implements State {

  @Override
  public StateType type() {
    return StateType.MAP;
  }

  /** A template in the state's language. */
  public sealed interface ItemTemplate {
    /**
     * In JSONPath; {@code field} is {@code ItemSelector}, {@code Parameters} or {@code BatchInput}.
     */
    record JsonPath(String field, PayloadTemplate template) implements ItemTemplate {}

    /** In JSONata. */
    record Jsonata(String field, JsonataTemplate template) implements ItemTemplate {}
  }

  /**
   * What only a Distributed Map has.
   *
   * @param executionType type of the child executions
   * @param label part of the ARNs of map run and children; given by AWS's rule where the definition
   *     has none
   * @param itemReader where the items are read from, or null: the state has them
   * @param itemBatcher how items are grouped, or null
   * @param resultWriter {@code ResultWriter} as written, or null
   * @param processorText the item processor as a definition of its own (JSON text)
   */
  public record Distributed(
      StateMachineType executionType,
      String label,
      @Nullable ItemReader itemReader,
      @Nullable ItemBatcher itemBatcher,
      @Nullable JsonNode resultWriter,
      @Nullable ValueSource toleratedFailureCount,
      @Nullable ValueSource toleratedFailurePercentage,
      String processorText) {}

  /**
   * Where items are read from.
   *
   * @param resource e.g. {@code arn:aws:states:::s3:getObject}
   * @param arguments template of {@code Arguments} or {@code Parameters}, or null
   * @param config {@code ReaderConfig} as written; an empty object where there is none
   * @param maxItems from {@code MaxItems} or its Path, or null: no limit
   */
  public record ItemReader(
      String resource,
      @Nullable ItemTemplate arguments,
      JsonNode config,
      @Nullable ValueSource maxItems) {}

  /** How items are grouped for children; at least one of the two bounds is given. */
  public record ItemBatcher(
      @Nullable ValueSource maxItemsPerBatch,
      @Nullable ValueSource maxInputBytesPerBatch,
      @Nullable ItemTemplate batchInput) {}
}
