package io.stepwise.connectors.aws.wire;

import io.stepwise.aws.model.ModelMember;
import io.stepwise.aws.model.ModelMember.Location;
import io.stepwise.aws.model.ModelOperation;
import io.stepwise.aws.model.ModelShape;
import io.stepwise.aws.model.ModelShape.Kind;
import io.stepwise.aws.model.ModelShape.TimeFormat;
import io.stepwise.aws.model.ServiceModel;
import io.stepwise.aws.model.ServiceModel.Protocol;
import io.stepwise.expression.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of an operation stands in the path, the query and the headers of HTTP, and what is left. */
final class RestBindings {
  private static final Pattern LABEL = Pattern.compile("\\{([^}]+?)(\\+?)}");
  private static final Pattern TIMES = Pattern.compile("[^,]+,[^,]+");
  private static final Pattern TEXTS = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|[^,]+");

  private final ServiceModel service;
  private final ModelOperation operation;
  private final boolean isXml;

  RestBindings(ServiceModel service, ModelOperation operation) {
    this.service = service;
    this.operation = operation;
    this.isXml = service.protocol() == Protocol.REST_XML;
  }

  /** The request of parameters. */
  WireRequest write(JsonNode parameters) {
    var request = new WireRequest(operation.method());
    var query = operation.uri().indexOf('?');
    if (query >= 0) {
      for (var field : operation.uri().substring(query + 1).split("&", -1)) {
        var equals = field.indexOf('=');
        request
            .query()
            .add(
                equals < 0
                    ? new WireRequest.Field(field, "")
                    : new WireRequest.Field(
                        field.substring(0, equals), field.substring(equals + 1)));
      }
    }
    request.path(
        path(query < 0 ? operation.uri() : operation.uri().substring(0, query), parameters));
    operation
        .input()
        .ifPresent(
            shape -> {
              for (var member : shape.members()) {
                var value = parameters.path(member.key());
                if (!value.isMissingNode() && !value.isNull()) {
                  bind(member, value, request);
                }
              }
              writeBody(shape, parameters, request);
            });
    return request;
  }

  private String path(String template, JsonNode parameters) {
    var path = new StringBuilder();
    var labels = LABEL.matcher(template);
    while (labels.find()) {
      var text = label(labels.group(1), parameters);
      var isGreedy = !labels.group(2).isEmpty();
      labels.appendReplacement(path, "");
      path.append(isGreedy ? Scalars.encodePath(text) : Scalars.encode(text));
    }
    return labels.appendTail(path).toString();
  }

  private String label(String name, JsonNode parameters) {
    for (var member : operation.input().map(ModelShape::members).orElse(List.of())) {
      if (member.location() == Location.URI && member.wireName().equals(name)) {
        var value = parameters.path(member.key());
        if (value.isMissingNode() || value.isNull() || value.asString("x").isEmpty()) {
          throw new BadParameters("The field '" + member.key() + "' is required but was missing");
        }
        return Scalars.text(member, value, TimeFormat.ISO_8601);
      }
    }
    throw new IllegalStateException("Expected a member for the label " + name);
  }

  private static void bind(ModelMember member, JsonNode value, WireRequest request) {
    var name = member.wireName();
    switch (member.location()) {
      case HEADER -> {
        var text =
            member.shape().kind() == Kind.LIST
                ? join(member.shape().element(), value)
                : member.isJsonText()
                    ? Scalars.base64(value)
                    : Scalars.text(member, value, TimeFormat.RFC_822);
        request.headers().put(name, text);
      }
      case HEADERS ->
          value
              .properties()
              .forEach(e -> request.headers().put(name + e.getKey(), Scalars.text(e.getValue())));
      case QUERY -> bindQuery(member, value, request.query());
      case BODY, URI, STATUS -> {}
    }
  }

  private static void bindQuery(ModelMember member, JsonNode value, List<WireRequest.Field> query) {
    var shape = member.shape();
    if (shape.kind() == Kind.LIST) {
      for (var item : value) {
        var text = Scalars.text(shape.element(), TimeFormat.ANY, item, TimeFormat.ISO_8601);
        query.add(new WireRequest.Field(member.wireName(), text));
      }
    } else if (shape.kind() == Kind.MAP) {
      for (var entry : value.properties()) {
        var name = entry.getKey();
        if (entry.getValue().isArray()) {
          entry
              .getValue()
              .forEach(item -> query.add(new WireRequest.Field(name, Scalars.text(item))));
        } else if (query.stream().noneMatch(field -> field.name().equals(name))) {
          query.add(new WireRequest.Field(name, Scalars.text(entry.getValue())));
        }
      }
    } else {
      var text = Scalars.text(member, value, TimeFormat.ISO_8601);
      query.add(new WireRequest.Field(member.wireName(), text));
    }
  }

  /** A list in one header; texts with commas or quotes are quoted. */
  private static String join(ModelShape element, JsonNode value) {
    var joined = new StringJoiner(", ");
    for (var item : value) {
      var text = Scalars.text(element, TimeFormat.ANY, item, TimeFormat.RFC_822);
      var isQuoted =
          element.kind() == Kind.STRING && (text.indexOf(',') >= 0 || text.indexOf('"') >= 0);
      joined.add(isQuoted ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : text);
    }
    return joined.toString();
  }

  private void writeBody(ModelShape shape, JsonNode parameters, WireRequest request) {
    var payload = shape.payload();
    if (payload.isPresent()) {
      writePayload(payload.get(), parameters.path(payload.get().key()), request);
      return;
    }
    var rest = Json.nodes().objectNode();
    var anyBody = false;
    for (var member : shape.members()) {
      if (member.location() == Location.BODY) {
        anyBody = true;
        var value = parameters.get(member.key());
        if (value != null) {
          rest.set(member.key(), value);
        }
      }
    }
    if (!anyBody) {
      return;
    }
    if (isXml) {
      var root = first(operation.inputName(), shape.locationName(), operation.name() + "Request");
      var namespace =
          first(operation.inputNamespace(), shape.xmlNamespace(), service.xmlNamespace());
      request.body(
          XmlBodies.write(root, namespace, shape.xmlPrefix(), shape, rest), "application/xml");
    } else {
      request.body(Json.printUtf8(JsonBodies.write(shape, rest)), "application/json");
    }
  }

  private void writePayload(ModelMember payload, JsonNode value, WireRequest request) {
    var shape = payload.shape();
    var isThere = !value.isMissingNode() && !value.isNull();
    if (shape.kind() == Kind.BLOB || shape.kind() == Kind.STRING) {
      if (isThere && payload.isStreaming()) {
        // AWS streams the JSON of the value, a text in its quotes.
        request.body(Json.printUtf8(value), "text/plain; charset=UTF-8");
      } else if (isThere) {
        request.body(
            Scalars.text(value).getBytes(StandardCharsets.UTF_8),
            shape.kind() == Kind.BLOB ? "application/octet-stream" : "text/plain");
      }
    } else if (isThere) {
      if (isXml) {
        var namespace = first(payload.xmlNamespace(), shape.xmlNamespace());
        var prefix = first(payload.xmlPrefix(), shape.xmlPrefix());
        request.body(
            XmlBodies.write(payload.wireName(), namespace, prefix, shape, value),
            "application/xml");
      } else {
        request.body(Json.printUtf8(JsonBodies.write(shape, value)), "application/json");
      }
    } else if (!isXml && shape.kind() == Kind.STRUCTURE) {
      request.body("{}".getBytes(StandardCharsets.UTF_8), "application/json");
    }
  }

  private static String first(String... texts) {
    for (var text : texts) {
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  /** The result of an answer. */
  ObjectNode read(ModelShape shape, WireResponse response) {
    var result = Json.nodes().objectNode();
    var anyBody = false;
    for (var member : shape.members()) {
      switch (member.location()) {
        case HEADER ->
            response
                .header(member.wireName())
                .ifPresent(text -> result.set(member.key(), header(member, text)));
        case HEADERS -> result.set(member.key(), headers(member.wireName(), response));
        case STATUS -> result.put(member.key(), response.status());
        case BODY -> anyBody = true;
        case URI, QUERY -> {}
      }
    }
    var payload = shape.payload();
    var body = response.body();
    if (payload.isPresent()) {
      readPayload(payload.get(), body, result);
    } else if (anyBody && body.length > 0) {
      if (isXml) {
        XmlResults.read(service.dialect(), shape, XmlElement.parse(body), result);
      } else {
        JsonBodies.read(service.dialect(), shape, JsonBodies.parse(body), result);
      }
    }
    return result;
  }

  private void readPayload(ModelMember payload, byte[] body, ObjectNode result) {
    var shape = payload.shape();
    if (shape.kind() == Kind.BLOB || shape.kind() == Kind.STRING) {
      if (body.length > 0 || payload.isStreaming()) {
        result.put(payload.key(), Scalars.bytesResult(body));
      }
    } else if (body.length > 0) {
      result.set(
          payload.key(),
          isXml
              ? XmlResults.read(service.dialect(), shape, XmlElement.parse(body))
              : JsonBodies.read(service.dialect(), shape, JsonBodies.parse(body)));
    }
  }

  private JsonNode header(ModelMember member, String text) {
    var shape = member.shape();
    if (member.isJsonText()) {
      return JsonBodies.parseBase64(text);
    }
    if (shape.kind() != Kind.LIST) {
      return Scalars.result(service.dialect(), shape, text);
    }
    var items = Json.nodes().arrayNode();
    split(shape.element(), text)
        .forEach(item -> items.add(Scalars.result(service.dialect(), shape.element(), item)));
    return items;
  }

  private static List<String> split(ModelShape element, String text) {
    var items = new ArrayList<String>();
    var matcher = (element.kind() == Kind.TIMESTAMP ? TIMES : TEXTS).matcher(text);
    while (matcher.find()) {
      var item = matcher.group().strip();
      var isQuoted = item.length() > 1 && item.startsWith("\"") && item.endsWith("\"");
      items.add(isQuoted ? item.substring(1, item.length() - 1).replaceAll("\\\\(.)", "$1") : item);
    }
    return items;
  }

  private static ObjectNode headers(String prefix, WireResponse response) {
    var map = Json.nodes().objectNode();
    response
        .headers()
        .forEach(
            (name, values) -> {
              if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                map.put(name.substring(prefix.length()), values.getFirst());
              }
            });
    return map;
  }
}
