package io.stepwise.connectors.s3;

import io.stepwise.aws.AwsLocation;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.ItemSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Items from an {@link ObjectStore}: {@code s3:listObjectsV2}, and {@code s3:getObject} of JSON,
 * JSON Lines and CSV. A place in an object is a byte; so going on costs what is read, however long
 * the object is.
 */
public final class ObjectItems implements ItemSource {
  private static final int LISTED_MAX = 1_000;
  private static final String AT = "at";
  private static final String ETAG = "etag";

  private final Function<AwsLocation, ObjectStore> stores;
  private final Executor threads;

  /**
   * Items in a store.
   *
   * @param stores the store, for a state machine that is there
   * @param threads may be blocked
   */
  public ObjectItems(Function<AwsLocation, ObjectStore> stores, Executor threads) {
    this.stores = stores;
    this.threads = threads;
  }

  @Override
  public CompletableFuture<Answer> read(Request request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return page(request);
          } catch (ObjectStoreException e) {
            return new Answer.Failed(String.valueOf(e.getMessage()));
          }
        },
        threads);
  }

  private Answer page(Request request) throws ObjectStoreException {
    var reader = request.reader().tree();
    var config = reader.path("ReaderConfig");
    var resource = reader.path("Resource").asString("");
    for (var unsupported : List.of("ManifestType", "Transformation")) {
      if (config.has(unsupported) && !config.path(unsupported).asString("").equals("NONE")) {
        throw new ObjectStoreException(
            "Stepwise does not support the field '" + unsupported + "' of ReaderConfig yet.");
      }
    }
    return resource.endsWith(":s3:listObjectsV2")
        ? list(reader.path("Arguments"), request)
        : read(reader.path("Arguments"), config, request);
  }

  private Answer list(JsonNode arguments, Request request) throws ObjectStoreException {
    var listing =
        stores
            .apply(request.location())
            .list(
                argument(arguments, "Bucket"),
                arguments.path("Prefix").asString(""),
                request.position().isEmpty() ? Optional.empty() : Optional.of(request.position()),
                Math.min(LISTED_MAX, request.itemsMax()));
    var items = Json.nodes().arrayNode(listing.objects().size());
    for (var object : listing.objects()) {
      var item = items.addObject();
      item.put("Etag", object.etag());
      item.put("Key", object.key());
      item.put("LastModified", object.modifiedSeconds());
      item.put("Size", object.size());
      item.put("StorageClass", object.storageClass());
    }
    return new Answer.Page(Payload.of(items), false, listing.next().orElse(null));
  }

  private Answer read(JsonNode arguments, JsonNode config, Request request)
      throws ObjectStoreException {
    var name =
        new ObjectStore.ObjectName(
            argument(arguments, "Bucket"),
            argument(arguments, "Key"),
            Optional.ofNullable(arguments.get("VersionId")).map(version -> version.asString("")));
    var format = format(config, name.key());
    var place = place(request.position());
    var bytes =
        new ObjectBytes(
            stores.apply(request.location()),
            name,
            place.path(ETAG).asString(""),
            place.path(AT).asLong(0));
    var items = Json.nodes().arrayNode();
    var more =
        format.read(bytes, place, new ItemFormat.Page(items, request.itemsMax(), bytes.position()));
    place.put(AT, bytes.position()).put(ETAG, bytes.etag());
    return new Answer.Page(
        Payload.of(items), format.isKeyed(place), more ? Json.print(place) : null);
  }

  private static ObjectNode place(String position) {
    return position.isEmpty()
        ? Json.nodes().objectNode()
        : (ObjectNode) Json.parseTrusted(position);
  }

  private static String argument(JsonNode arguments, String name) throws ObjectStoreException {
    var value = arguments.path(name);
    if (!value.isString() || value.asString("").isEmpty()) {
      throw new ObjectStoreException("The argument '" + name + "' must be a text.");
    }
    return value.asString("");
  }

  private static ItemFormat format(JsonNode config, String key) throws ObjectStoreException {
    for (var compressed : List.of(".gz", ".zst", ".zstd")) {
      if (key.endsWith(compressed)) {
        throw new ObjectStoreException(
            "Stepwise does not read compressed files yet ('" + compressed + "').");
      }
    }
    var type = config.path("InputType").asString("JSON");
    return switch (type) {
      case "JSON" -> new JsonItems(config.path("ItemsPointer").asString(""));
      case "JSONL" -> new JsonLines();
      case "CSV" -> new DelimitedText(delimiter(config), headers(config));
      default ->
          throw new ObjectStoreException("Stepwise does not support InputType " + type + " yet.");
    };
  }

  private static char delimiter(JsonNode config) {
    return switch (config.path("CSVDelimiter").asString("COMMA")) {
      case "PIPE" -> '|';
      case "SEMICOLON" -> ';';
      case "SPACE" -> ' ';
      case "TAB" -> '\t';
      default -> ',';
    };
  }

  private static Optional<List<String>> headers(JsonNode config) {
    if (!config.path("CSVHeaderLocation").asString("").equals("GIVEN")) {
      return Optional.empty();
    }
    var headers = new ArrayList<String>();
    config.path("CSVHeaders").forEach(header -> headers.add(header.asString("")));
    return Optional.of(headers);
  }
}
