package io.stepwise.engine.behavior;

import io.stepwise.asl.model.MapState;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.Backlog.ChildInput;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.expression.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The inputs of the children of a map run: each item selected, then batched, a page at a time. */
final class MapRunInputs {
  /** Items of one page. */
  static final int PAGE_ITEMS = 1_000;

  /** Where a page ends at the latest, but for its last item. Units: bytes of inputs. */
  private static final long PAGE_BYTES = 262_144;

  private MapRunInputs() {}

  /**
   * Items that follow each other.
   *
   * @param from number of the first among all
   * @param to number after the last at hand
   * @param at each by its number, with its key where an object is iterated
   */
  record Items(long from, long to, LongFunction<Map.Entry<@Nullable String, JsonNode>> at) {}

  /**
   * The next page of items that are all at hand.
   *
   * @param carry what the page before left of a batch
   */
  static Progress.ItemsRead page(
      Draft draft, Scope scope, MapState state, @Nullable Payload carry, Items items)
      throws EvaluationException {
    var inputs = new ArrayList<ChildInput>();
    var batcher = Batcher.of(draft, scope, state, carry);
    var bytes = 0L;
    var index = items.from();
    while (index < items.to() && index - items.from() < PAGE_ITEMS && bytes < PAGE_BYTES) {
      var item = items.at().apply(index);
      var input = MapItems.input(draft, scope, state, (int) index, item.getKey(), item.getValue());
      bytes += input.sizeBytes();
      if (batcher == null) {
        inputs.add(new ChildInput(input, 1));
      } else {
        batcher.add(input.tree(), inputs);
      }
      index++;
    }
    var isAll = index == items.to();
    if (batcher != null && isAll) {
      batcher.flush(inputs);
    }
    return new Progress.ItemsRead(
        scope.id(),
        inputs,
        batcher == null ? null : batcher.carry(),
        index - items.from(),
        isAll ? null : Long.toString(index));
  }

  /** The input of each item before it is batched. */
  static ArrayNode selected(Draft draft, Scope scope, MapState state, JsonNode items)
      throws EvaluationException {
    var inputs = Json.nodes().arrayNode(items.size());
    var index = 0;
    if (items.isObject()) {
      for (var property : items.properties()) {
        inputs.add(
            MapItems.input(draft, scope, state, index++, property.getKey(), property.getValue())
                .tree());
      }
    } else {
      for (var item : items) {
        inputs.add(MapItems.input(draft, scope, state, index++, null, item).tree());
      }
    }
    return inputs;
  }

  /** The items in groups. */
  static ArrayNode batch(Draft draft, Scope scope, MapState state, ArrayNode items)
      throws EvaluationException {
    var inputs = new ArrayList<ChildInput>();
    var batcher = Batcher.of(draft, scope, state, null);
    if (batcher != null) {
      items.forEach(item -> batcher.add(item, inputs));
      batcher.flush(inputs);
    }
    var batches = Json.nodes().arrayNode(inputs.size());
    inputs.forEach(input -> batches.add(input.payload().tree()));
    return batches;
  }

  /** Puts items into batches; one that is not full is carried over to the next page. */
  private static final class Batcher {
    private final long itemsMax;
    private final long bytesMax;
    private final @Nullable JsonNode batchInput;
    private final int envelopeBytes;
    private ArrayNode items = Json.nodes().arrayNode();
    private long bytes;

    private Batcher(long itemsMax, long bytesMax, @Nullable JsonNode batchInput) {
      this.itemsMax = itemsMax;
      this.bytesMax = bytesMax;
      this.batchInput = batchInput;
      this.envelopeBytes = Utf8.length(Json.print(batch(Json.nodes().arrayNode())));
      this.bytes = envelopeBytes;
    }

    static @Nullable Batcher of(Draft draft, Scope scope, MapState state, @Nullable Payload carry)
        throws EvaluationException {
      var distributed = state.distributed();
      var batching = distributed == null ? null : distributed.itemBatcher();
      if (batching == null) {
        return null;
      }
      var bindings =
          new StateBindings(draft, scope, DataFlows.effectiveInput(draft, scope, state.dataFlow()));
      var itemsMax = Values.integer(batching.maxItemsPerBatch(), bindings, 1);
      var bytesMax = Values.integer(batching.maxInputBytesPerBatch(), bindings, 1);
      // No input is larger than that, whether the definition says so or not.
      var limit = draft.limits().payloadBytesMax();
      var batcher =
          new Batcher(
              itemsMax == 0 ? Long.MAX_VALUE : itemsMax,
              bytesMax == 0 ? limit : Math.min(bytesMax, limit),
              batching.batchInput() == null
                  ? null
                  : MapItems.evaluate(batching.batchInput(), bindings));
      if (carry != null) {
        for (var item : carry.tree()) {
          batcher.add(item, List.of());
        }
      }
      return batcher;
    }

    void add(JsonNode item, List<ChildInput> inputs) {
      var itemBytes = Utf8.length(Json.print(item)) + (items.isEmpty() ? 0 : 1);
      if (!items.isEmpty() && (items.size() >= itemsMax || bytes + itemBytes > bytesMax)) {
        flush(inputs);
        itemBytes = Utf8.length(Json.print(item)); // no comma before the first
      }
      items.add(item);
      bytes += itemBytes;
    }

    void flush(List<ChildInput> inputs) {
      if (!items.isEmpty()) {
        inputs.add(new ChildInput(Payload.of(batch(items)), items.size()));
        items = Json.nodes().arrayNode();
        bytes = envelopeBytes;
      }
    }

    @Nullable Payload carry() {
      return items.isEmpty() ? null : Payload.of(items);
    }

    private ObjectNode batch(ArrayNode list) {
      var batch = Json.nodes().objectNode();
      if (batchInput != null) {
        batch.set("BatchInput", batchInput);
      }
      batch.set("Items", list);
      return batch;
    }
  }
}
