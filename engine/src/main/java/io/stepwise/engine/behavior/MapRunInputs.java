package io.stepwise.engine.behavior;

import io.stepwise.asl.model.MapState;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Utf8;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The inputs of all children of a map run: each item selected, then batched. */
final class MapRunInputs {
  private MapRunInputs() {}

  static ArrayNode of(
      Draft draft,
      Scope scope,
      MapState state,
      MapState.Distributed distributed,
      StateBindings bindings,
      JsonNode items)
      throws EvaluationException {
    var inputs = selected(draft, scope, state, items);
    var batcher = distributed.itemBatcher();
    return batcher == null ? inputs : batch(batcher, bindings, inputs);
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
  static ArrayNode batch(MapState.ItemBatcher batcher, StateBindings bindings, ArrayNode items)
      throws EvaluationException {
    var itemsMax = Values.integer(batcher.maxItemsPerBatch(), bindings, 1);
    var bytesMax = Values.integer(batcher.maxInputBytesPerBatch(), bindings, 1);
    var batchInput =
        batcher.batchInput() == null ? null : MapItems.evaluate(batcher.batchInput(), bindings);
    var batches = Json.nodes().arrayNode();
    var batch = emptyBatch(batchInput);
    var envelopeBytes = Utf8.length(Json.print(batch));
    var bytes = envelopeBytes;
    for (var item : items) {
      var list = (ArrayNode) batch.get("Items");
      var itemBytes = Utf8.length(Json.print(item)) + (list.isEmpty() ? 0 : 1);
      var full =
          (itemsMax > 0 && list.size() >= itemsMax)
              || (bytesMax > 0 && bytes + itemBytes > bytesMax);
      if (full && !list.isEmpty()) {
        batches.add(batch);
        batch = emptyBatch(batchInput);
        bytes = envelopeBytes;
        list = (ArrayNode) batch.get("Items");
        itemBytes--; // no comma before the first
      }
      list.add(item);
      bytes += itemBytes;
    }
    if (!batch.get("Items").isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private static ObjectNode emptyBatch(@Nullable JsonNode batchInput) {
    var batch = Json.nodes().objectNode();
    if (batchInput != null) {
      batch.set("BatchInput", batchInput);
    }
    batch.putArray("Items");
    return batch;
  }
}
