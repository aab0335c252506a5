package io.stepwise.asl.validation;

import io.stepwise.asl.model.QueryLanguage;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The tables of a Map state: its own fields, and the readers and writers of a Distributed Map. */
final class MapSchemas {
  private static final Pattern READERS =
      Pattern.compile("arn:[^:]+:states:::s3:(getObject|listObjectsV2)");
  private static final Pattern WRITERS = Pattern.compile("arn:[^:]+:states:::s3:putObject");

  /** Most bytes of a batch. */
  private static final int BATCH_BYTES_MAX = 262_144;

  /** Most items a reader may be asked for. */
  private static final int READER_ITEMS_MAX = 100_000_000;

  private MapSchemas() {}

  static ObjectSchema map() {
    Shape processor = GraphSchema::checkProcessor;
    return StateSchemas.working()
        .exactlyOne("ItemProcessor", "Iterator")
        .field("ItemProcessor", processor)
        .field("Iterator", processor)
        .jsonata("Items", MapSchemas::items)
        .jsonPath("ItemsPath", Expressions.referencePath())
        .field("ItemSelector", Expressions.template(JsonataScope.INPUT))
        .jsonPath("Parameters", Expressions.template(JsonataScope.INPUT))
        .atMostOne("ItemSelector", "Parameters")
        .include(countOrPath("MaxConcurrency", Shapes.integerFrom(0)))
        .include(countOrPath("ToleratedFailureCount", Shapes.integerFrom(0)))
        .include(countOrPath("ToleratedFailurePercentage", Shapes.decimal(0, 100)))
        .field("ItemReader", itemReader())
        .field("ItemBatcher", itemBatcher())
        .field("ResultWriter", resultWriter())
        .field("Label", Labels.shape())
        .build();
  }

  private static void items(JsonNode value, Place place) {
    if (value.isArray() || value.isObject() || Expressions.isMarked(value)) {
      Expressions.template(JsonataScope.INPUT).check(value, place);
    } else {
      place.error("Expected value of type Array");
    }
  }

  private static ObjectSchema.Builder countOrPath(String name, Shape literal) {
    return ObjectSchema.builder()
        .field(name, Warnings.noPath(Expressions.literalOrJsonata(literal)))
        .jsonPath(name + "Path", Expressions.ownReferencePath())
        .atMostOne(name, name + "Path");
  }

  private static ObjectSchema.Builder arguments() {
    return ObjectSchema.builder()
        .jsonPath("Parameters", Expressions.objectTemplate(JsonataScope.INPUT))
        .jsonata("Arguments", Expressions.template(JsonataScope.INPUT));
  }

  private static Shape resource(Pattern allowed) {
    return (value, place) -> {
      if (!value.isString()) {
        place.error("Expected value of type String");
      } else if (!allowed.matcher(value.stringValue()).matches()) {
        place.error("The field 'Resource' does not match any of the allowed values");
      }
    };
  }

  private static Shape itemReader() {
    return arguments()
        .required("Resource")
        .field("Resource", resource(READERS))
        .field("ReaderConfig", readerConfig())
        .build();
  }

  private static Shape readerConfig() {
    return ObjectSchema.builder()
        .field("InputType", Shapes.oneOf("CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"))
        .field("Transformation", Shapes.oneOf("NONE", "LOAD_AND_FLATTEN"))
        .field("ManifestType", Shapes.oneOf("ATHENA_DATA", "S3_INVENTORY"))
        .field("CSVHeaderLocation", Shapes.oneOf("FIRST_ROW", "GIVEN"))
        .field("CSVHeaders", Shapes.nonEmptyArray(Shapes.string()))
        .field("CSVDelimiter", Shapes.oneOf("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"))
        .field("ItemsPointer", Shapes.string())
        .include(countOrPath("MaxItems", Shapes.integer(0, READER_ITEMS_MAX)))
        .rule(MapSchemas::checkCsv)
        .build();
  }

  private static void checkCsv(JsonNode config, Place place) {
    var type = config.path("InputType").asString("");
    var manifest = config.has("ManifestType");
    if (type.equals("CSV") && !manifest && !config.has("CSVHeaderLocation")) {
      place.error("The field 'CSVHeaderLocation' is required");
    }
    if (type.equals("JSON") && config.has("CSVHeaderLocation")) {
      place.error("Field 'CSVHeaderLocation' is not supported");
    }
    if (config.path("CSVHeaderLocation").asString("").equals("GIVEN")
        && !config.has("CSVHeaders")) {
      place.error("These fields are required: [CSVHeaders]");
    }
  }

  private static Shape itemBatcher() {
    return ObjectSchema.builder()
        .include(countOrPath("MaxItemsPerBatch", Shapes.integerFrom(1)))
        .include(countOrPath("MaxInputBytesPerBatch", Shapes.integer(1, BATCH_BYTES_MAX)))
        .field("BatchInput", Expressions.template(JsonataScope.INPUT))
        .rule(MapSchemas::checkBatch)
        .build();
  }

  private static void checkBatch(JsonNode batcher, Place place) {
    if (!batcher.has("MaxItemsPerBatch")
        && !batcher.has("MaxItemsPerBatchPath")
        && !batcher.has("MaxInputBytesPerBatch")
        && !batcher.has("MaxInputBytesPerBatchPath")) {
      place.error(
          "This object should have at least one of the following fields: "
              + (place.language() == QueryLanguage.JSONPATH
                  ? "[MaxItemsPerBatch, MaxItemsPerBatchPath, MaxInputBytesPerBatch,"
                      + " MaxInputBytesPerBatchPath]"
                  : "[MaxItemsPerBatch, MaxInputBytesPerBatch]"));
    }
  }

  private static Shape resultWriter() {
    var writerConfig =
        ObjectSchema.builder()
            .required("Transformation", "OutputType")
            .field("Transformation", Shapes.oneOf("NONE", "COMPACT", "FLATTEN"))
            .field("OutputType", Shapes.oneOf("JSON", "JSONL"))
            .build();
    return arguments()
        .field("Resource", resource(WRITERS))
        .field("WriterConfig", writerConfig)
        .rule(MapSchemas::checkWriter)
        .build();
  }

  private static void checkWriter(JsonNode writer, Place place) {
    if (writer.isEmpty()) {
      place.error("Value cannot be empty");
    } else if (!writer.has("Resource") && (writer.has("Parameters") || writer.has("Arguments"))) {
      place.error("These fields are required: [Resource]");
    }
  }
}
