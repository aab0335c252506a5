package io.stepwise.connectors.aws.wire;

import io.stepwise.aws.model.Dialect;
import io.stepwise.aws.model.ModelMember;
import io.stepwise.aws.model.ModelMember.Location;
import io.stepwise.aws.model.ModelShape;
import io.stepwise.aws.model.ModelShape.Kind;
import io.stepwise.aws.model.ModelShape.TimeFormat;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of the JSON protocols. */
final class JsonBodies {
  private JsonBodies() {}

  /** Parameters of a shape as the service takes them. */
  static JsonNode write(ModelShape shape, JsonNode value) {
    if (value.isNull()) {
      return value;
    }
    return switch (shape.kind()) {
      case STRUCTURE -> structure(shape, value);
      case LIST -> {
        var items = Json.nodes().arrayNode();
        value.forEach(item -> items.add(write(shape.element(), item)));
        yield items;
      }
      case MAP -> {
        var values = Json.nodes().objectNode();
        value
            .properties()
            .forEach(entry -> values.set(entry.getKey(), write(shape.element(), entry.getValue())));
        yield values;
      }
      case BLOB -> Json.nodes().stringNode(Scalars.base64(value));
      case TIMESTAMP ->
          Scalars.jsonTime(Scalars.first(shape.timeFormat(), TimeFormat.EPOCH_SECONDS), value);
      case STRING -> value.isString() ? value : Json.nodes().stringNode(Json.print(value));
      case BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, DOCUMENT -> value;
    };
  }

  private static ObjectNode structure(ModelShape shape, JsonNode value) {
    var object = Json.nodes().objectNode();
    for (var entry : value.properties()) {
      var member = ParameterCheck.member(shape, entry.getKey());
      if (member.location() == Location.BODY && !entry.getValue().isNull()) {
        object.set(member.wireName(), write(member, entry.getValue()));
      }
    }
    return object;
  }

  private static JsonNode write(ModelMember member, JsonNode value) {
    if (member.isJsonText()) {
      return Json.nodes().stringNode(Scalars.text(value));
    }
    return member.shape().kind() == Kind.TIMESTAMP
        ? Scalars.jsonTime(Scalars.first(member.timeFormat(), TimeFormat.EPOCH_SECONDS), value)
        : write(member.shape(), value);
  }

  /** The JSON of an answer. */
  static JsonNode parse(byte[] body) {
    try {
      return Json.parse(new String(body, StandardCharsets.UTF_8));
    } catch (InvalidJsonException e) {
      throw new BadAnswer("Expected JSON: " + e.getMessage());
    }
  }

  /** Adds the members of a structure to a result. */
  static void read(Dialect dialect, ModelShape shape, JsonNode value, ObjectNode result) {
    for (var member : shape.members()) {
      var inner = value.get(member.wireName());
      if (member.location() == Location.BODY && inner != null && !inner.isNull()) {
        result.set(
            member.key(),
            member.isJsonText() && inner.isString()
                ? parse(inner.stringValue().getBytes(StandardCharsets.UTF_8))
                : read(dialect, member.shape(), inner));
      }
    }
  }

  /** A value of an answer, as results have it. */
  static JsonNode read(Dialect dialect, ModelShape shape, JsonNode value) {
    return switch (shape.kind()) {
      case STRUCTURE -> {
        var object = Json.nodes().objectNode();
        read(dialect, shape, value, object);
        yield object;
      }
      case LIST -> {
        var items = Json.nodes().arrayNode();
        value.forEach(
            item -> items.add(item.isNull() ? item : read(dialect, shape.element(), item)));
        yield items;
      }
      case MAP -> {
        var values = Json.nodes().objectNode();
        for (var entry : value.properties()) {
          if (!entry.getValue().isNull()) {
            values.set(entry.getKey(), read(dialect, shape.element(), entry.getValue()));
          }
        }
        yield values;
      }
      case BLOB ->
          Json.nodes().stringNode(Scalars.blobResult(value.isString() ? value.stringValue() : ""));
      case TIMESTAMP -> Scalars.timeResult(dialect, value);
      case STRING, BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, DOCUMENT -> value;
    };
  }

  /** JSON in base64, as headers have it. */
  static JsonNode parseBase64(String text) {
    try {
      return parse(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new BadAnswer("Expected base64 in a header");
    }
  }
}
