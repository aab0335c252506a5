package io.stepwise.connectors.aws;

import io.stepwise.aws.model.ModelOperation;
import io.stepwise.aws.model.ServiceModel;
import io.stepwise.connectors.aws.wire.WireRequest;
import io.stepwise.connectors.aws.wire.WireResponse;
import io.stepwise.expression.Json;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What AWS's SDK does for single services beside what their models say. */
final class ServiceQuirks {
  private static final String CHECKSUM = "x-amz-checksum-";
  private static final String ALGORITHM = "x-amz-sdk-checksum-algorithm";

  /** What Route 53 puts before its ids, and nobody wants to see. */
  private static final List<String> ID_PREFIXES =
      List.of("/hostedzone/", "/change/", "/delegationset/");

  private static final Set<String> COPIES = Set.of("CopyObject", "UploadPartCopy");

  private ServiceQuirks() {}

  /** Parameters as the service wants them. */
  static JsonNode parameters(ServiceModel service, ModelOperation operation, JsonNode parameters) {
    return switch (service.serviceId()) {
      case "Route 53" -> bareIds(parameters);
      case "S3" -> COPIES.contains(operation.name()) ? copy(parameters) : parameters;
      default -> parameters;
    };
  }

  /** The SDK gives a copy's ends names of their own. */
  private static JsonNode copy(JsonNode parameters) {
    var all = Json.nodes().objectNode();
    for (var entry : parameters.properties()) {
      switch (entry.getKey()) {
        case "DestinationBucket" -> all.set("Bucket", entry.getValue());
        case "DestinationKey" -> all.set("Key", entry.getValue());
        case "SourceBucket", "SourceKey" -> {}
        default -> all.set(entry.getKey(), entry.getValue());
      }
    }
    var bucket = parameters.path("SourceBucket");
    var key = parameters.path("SourceKey");
    if (bucket.isString() && key.isString()) {
      all.put(
          "CopySource",
          bucket.stringValue()
              + "/"
              + URLEncoder.encode(key.stringValue(), StandardCharsets.UTF_8)
                  .replace("+", "%20")
                  .replace("%2F", "/"));
    }
    return all;
  }

  /** Adds headers that a service wants. */
  static void adapt(ServiceModel service, ModelOperation operation, WireRequest request) {
    var headers = request.headers();
    switch (service.serviceId()) {
      case "Glacier" -> headers.put("x-amz-glacier-version", service.apiVersion());
      case "API Gateway" -> headers.putIfAbsent("Accept", "application/json");
      default -> {}
    }
    var isS3 = service.signingName().equals("s3");
    if (isS3 && !operation.checksumMember().isEmpty()) {
      if (headers.keySet().stream().noneMatch(name -> name.startsWith(CHECKSUM))) {
        headers.putIfAbsent(ALGORITHM, "CRC32");
        if ("CRC32".equals(headers.get(ALGORITHM))) {
          headers.put(CHECKSUM + "crc32", crc32(request.body()));
        }
      }
    } else if (operation.isChecksumRequired()) {
      headers.putIfAbsent("Content-MD5", md5(request.body()));
    }
  }

  private static String crc32(byte[] body) {
    var checksum = new CRC32();
    checksum.update(body);
    var bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue());
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static String md5(byte[] body) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected MD5 in every JDK", e);
    }
  }

  /** S3 begins to answer a long copy before it knows how it ends. */
  static boolean isErrorInDisguise(ServiceModel service, WireResponse response) {
    if (!service.serviceId().equals("S3") || response.body().length > 65_536) {
      return false;
    }
    var text = new String(response.body(), StandardCharsets.UTF_8);
    var start = text.indexOf("?>") + 1;
    return response.header("Content-Type").filter(type -> type.contains("xml")).isPresent()
        && text.substring(start).stripLeading().replaceFirst("^>\\s*", "").startsWith("<Error>");
  }

  /** A result as the SDK gives it. */
  static ObjectNode result(ServiceModel service, ObjectNode result) {
    return service.serviceId().equals("Route 53") ? (ObjectNode) bareIds(result) : result;
  }

  private static JsonNode bareIds(JsonNode value) {
    if (value instanceof ObjectNode object) {
      var all = Json.nodes().objectNode();
      object.properties().forEach(entry -> all.set(entry.getKey(), bareIds(entry.getValue())));
      return all;
    }
    if (value instanceof ArrayNode array) {
      var all = Json.nodes().arrayNode();
      array.forEach(item -> all.add(bareIds(item)));
      return all;
    }
    for (var prefix : ID_PREFIXES) {
      if (value.isString() && value.stringValue().startsWith(prefix)) {
        return Json.nodes().stringNode(value.stringValue().substring(prefix.length()));
      }
    }
    return value;
  }
}
