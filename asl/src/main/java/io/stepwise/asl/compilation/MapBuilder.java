package io.stepwise.asl.compilation;

import io.stepwise.asl.model.MapState;
import io.stepwise.asl.model.MapState.Distributed;
import io.stepwise.asl.model.MapState.ItemBatcher;
import io.stepwise.asl.model.MapState.ItemReader;
import io.stepwise.asl.model.MapState.ItemTemplate;
import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.asl.model.Transition;
import io.stepwise.asl.validation.GraphRules;
import io.stepwise.asl.validation.GraphSchema;
import io.stepwise.asl.validation.Languages;
import io.stepwise.expression.Json;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Builds the model of one valid Map state. */
final class MapBuilder {
  private final MachineBuilder machine;
  private final String name;
  private final Fields fields;

  MapBuilder(MachineBuilder machine, String name, Fields fields) {
    this.machine = machine;
    this.name = name;
    this.fields = fields;
  }

  MapState build(Transition transition) {
    var processor =
        fields.object().path(Objects.requireNonNull(GraphRules.processorField(fields.object())));
    return new MapState(
        name,
        DataFlows.ofMap(fields),
        fields.source("Items", "ItemsPath"),
        itemSelector(),
        fields.source("MaxConcurrency"),
        machine.graph(processor),
        GraphSchema.isDistributed(processor) ? distributed(processor) : null,
        ErrorHandling.retriers(fields),
        ErrorHandling.catchers(fields),
        transition);
  }

  private @Nullable ItemTemplate itemSelector() {
    return fields.has("ItemSelector")
        ? fields.itemTemplate("ItemSelector")
        : fields.itemTemplate("Parameters");
  }

  private Distributed distributed(JsonNode processor) {
    var type = processor.path("ProcessorConfig").path("ExecutionType").asString("");
    return new Distributed(
        type.equals("EXPRESS") ? StateMachineType.EXPRESS : StateMachineType.STANDARD,
        fields.has("Label") ? fields.text("Label") : generatedLabel(),
        itemReader(),
        itemBatcher(),
        fields.object().get("ResultWriter"),
        fields.source("ToleratedFailureCount"),
        fields.source("ToleratedFailurePercentage"),
        processorText(processor));
  }

  /** Follows from the definition alone, so that it is the same after a restart. */
  private String generatedLabel() {
    var seed = machine.textDigest() + "/" + name;
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private @Nullable ItemReader itemReader() {
    if (!fields.has("ItemReader")) {
      return null;
    }
    var reader = fields.in("ItemReader");
    return new ItemReader(
        reader.text("Resource"),
        reader.has("Parameters")
            ? reader.itemTemplate("Parameters")
            : reader.itemTemplate("Arguments"),
        reader.has("ReaderConfig")
            ? reader.object().path("ReaderConfig")
            : Json.nodes().objectNode(),
        reader.has("ReaderConfig") ? reader.in("ReaderConfig").source("MaxItems") : null);
  }

  private @Nullable ItemBatcher itemBatcher() {
    if (!fields.has("ItemBatcher")) {
      return null;
    }
    var batcher = fields.in("ItemBatcher");
    return new ItemBatcher(
        batcher.source("MaxItemsPerBatch"),
        batcher.source("MaxInputBytesPerBatch"),
        batcher.itemTemplate("BatchInput"));
  }

  private String processorText(JsonNode processor) {
    var child = Json.nodes().objectNode();
    if (processor.has("Comment")) {
      child.set("Comment", processor.path("Comment"));
    }
    if (machine.language() == QueryLanguage.JSONATA) {
      child.put("QueryLanguage", Languages.label(machine.language()));
    }
    child.set("StartAt", processor.path("StartAt"));
    child.set("States", processor.path("States"));
    return Json.print(child);
  }
}
