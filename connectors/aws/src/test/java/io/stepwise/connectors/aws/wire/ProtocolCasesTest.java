package io.stepwise.connectors.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.aws.model.Dialect;
import io.stepwise.aws.model.ModelMember;
import io.stepwise.aws.model.ModelOperation;
import io.stepwise.aws.model.ModelShape;
import io.stepwise.aws.model.ServiceModel;
import io.stepwise.aws.model.ServiceModel.Protocol;
import io.stepwise.aws.model.ServiceModels;
import io.stepwise.expression.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** botocore's protocol tests: how calls are written, and how answers are read. */
class ProtocolCasesTest {
  private final Map<String, String> failures = new TreeMap<>();
  private int played;

  @Test
  void callsAndAnswersAreThoseOfTheProtocols() throws IOException {
    try (var zip =
        new ZipInputStream(
            Objects.requireNonNull(
                ProtocolCasesTest.class.getResourceAsStream("protocol-cases.zip")))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        var name = entry.getName();
        new String(zip.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .forEach(line -> play(name, Json.parseTrusted(line)));
      }
    }

    assertThat(played).isGreaterThan(600);
    var unexplained = new TreeMap<>(failures);
    unexplained.keySet().removeIf(id -> ProtocolExceptions.reason(id).isPresent());
    assertThat(unexplained).isEmpty();
    assertThat(failures.keySet())
        .as("a reason for what works")
        .containsAll(ProtocolExceptions.ids());
  }

  private void play(String file, JsonNode testCase) {
    played++;
    var id = file + " " + testCase.path("id").asString();
    try {
      var problem = file.startsWith("input") ? call(testCase) : answer(testCase);
      if (!problem.isEmpty()) {
        failures.put(id, problem);
      }
    } catch (RuntimeException e) {
      failures.put(id, e.toString());
    }
  }

  private static ServiceModel model(JsonNode testCase) {
    var table = Base64.getDecoder().decode(testCase.path("table").asString());
    return new ServiceModels(
            name ->
                new ByteArrayInputStream(
                    name.equals("index") ? "test\n".getBytes(StandardCharsets.UTF_8) : table))
        .find("test", Dialect.SDK)
        .orElseThrow();
  }

  private static ModelOperation operation(ServiceModel model) {
    return model.operations().values().iterator().next();
  }

  private static String call(JsonNode testCase) {
    var model = model(testCase);
    var operation = operation(model);
    var given = testCase.path("params");
    var parameters =
        operation
            .input()
            .filter(shape -> given.isObject())
            .map(shape -> keyed(shape, given, false))
            .orElseGet(Json.nodes()::objectNode);
    var request =
        new ServiceCodec(model, operation)
            .request(parameters, () -> "00000000-0000-4000-8000-000000000000");
    var expected = testCase.path("serialized");
    var problems = new ArrayList<String>();
    compare(problems, "uri", parts(uri(request)), parts(expected.path("uri").asString("/")));
    compareBodies(problems, model.protocol(), request.body(), expected.path("body").asString(""));
    for (var header : expected.path("headers").properties()) {
      if (!header.getKey().equalsIgnoreCase("Content-Type")) {
        compare(
            problems,
            header.getKey(),
            request.headers().getOrDefault(header.getKey(), "none"),
            header.getValue().asString());
      }
    }
    return String.join("; ", problems);
  }

  private static String uri(WireRequest request) {
    var uri = new StringBuilder(request.path());
    var separator = '?';
    for (var field : request.query()) {
      uri.append(separator).append(Scalars.encode(field.name()));
      uri.append('=').append(Scalars.encode(field.value()));
      separator = '&';
    }
    return uri.toString();
  }

  private static Object parts(String uri) {
    return new TreeSet<>(List.of(uri.replace("=&", "&").replaceAll("=$", "").split("[?&]", -1)));
  }

  private static void compareBodies(
      List<String> problems, Protocol protocol, byte[] body, String expected) {
    var text = new String(body, StandardCharsets.UTF_8);
    if (expected.isEmpty() && protocol != Protocol.JSON) {
      return;
    }
    switch (protocol) {
      case QUERY, EC2 -> compare(problems, "body", fields(text), fields(expected));
      case REST_XML -> {
        if (expected.startsWith("<")) {
          compare(
              problems,
              "body",
              plain(XmlElement.parse(body)),
              plain(XmlElement.parse(expected.getBytes(StandardCharsets.UTF_8))));
        } else {
          compare(problems, "body", text, expected);
        }
      }
      case JSON, REST_JSON -> {
        if (expected.startsWith("{") || expected.startsWith("[")) {
          compare(
              problems, "body", plain(Json.parseTrusted(text)), plain(Json.parseTrusted(expected)));
        } else {
          compare(problems, "body", text, expected);
        }
      }
    }
  }

  private static Object fields(String form) {
    return new TreeSet<>(List.of(form.split("&", -1)));
  }

  private static void compare(List<String> problems, String what, Object got, Object expected) {
    if (!got.equals(expected)) {
      problems.add(what + " " + got + " instead of " + expected);
    }
  }

  private static String answer(JsonNode testCase) {
    var model = model(testCase);
    var operation = operation(model);
    var given = testCase.path("response");
    var headers = new LinkedHashMap<String, List<String>>();
    for (var header : given.path("headers").properties()) {
      headers.put(header.getKey(), List.of(header.getValue().asString()));
    }
    var response =
        new WireResponse(
            given.path("status_code").asInt(200),
            headers,
            given.path("body").asString("").getBytes(StandardCharsets.UTF_8));
    var problems = new ArrayList<String>();
    if (testCase.has("error") || testCase.has("errorCode")) {
      var failure = ServiceFailure.read(model, response);
      compare(
          problems,
          "code",
          model.isQueryCompatible() ? failure.queryCode() : failure.code(),
          testCase.path("errorCode").asString(""));
      if (testCase.has("errorMessage")) {
        compare(
            problems,
            "message",
            String.valueOf(failure.message()).replaceFirst("^null$", ""),
            testCase.path("errorMessage").asString(""));
      }
    } else {
      var result = new ServiceCodec(model, operation).result(response);
      var expected =
          operation
              .output()
              .map(shape -> keyed(shape, testCase.path("result"), true))
              .orElseGet(Json.nodes()::objectNode);
      compare(problems, "result", plain(result), plain(expected));
    }
    return String.join("; ", problems);
  }

  /** With the keys that tasks use; what is null is not there in results. */
  private static JsonNode keyed(ModelShape shape, JsonNode value, boolean isResult) {
    if (value.isNull()) {
      return value;
    }
    return switch (shape.kind()) {
      case STRUCTURE -> structure(shape, value, isResult);
      case LIST -> {
        var items = Json.nodes().arrayNode();
        value.forEach(item -> items.add(keyed(shape.element(), item, isResult)));
        yield items;
      }
      case MAP -> {
        var values = Json.nodes().objectNode();
        value
            .properties()
            .forEach(e -> values.set(e.getKey(), keyed(shape.element(), e.getValue(), isResult)));
        yield values;
      }
      case TIMESTAMP -> isResult ? Scalars.timeResult(Dialect.SDK, value) : value;
      default -> value;
    };
  }

  private static ObjectNode structure(ModelShape shape, JsonNode value, boolean isResult) {
    var object = Json.nodes().objectNode();
    for (ModelMember member : shape.members()) {
      var inner = value.get(member.name());
      if (inner != null && !(isResult && inner.isNull())) {
        object.set(member.key(), keyed(member.shape(), inner, isResult));
      }
    }
    return object;
  }

  private static Object plain(JsonNode value) {
    if (value.isObject()) {
      var map = new TreeMap<String, Object>();
      value.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    if (value.isArray()) {
      var list = new ArrayList<Object>();
      value.forEach(item -> list.add(plain(item)));
      return list;
    }
    return value.isNumber() ? (Object) value.asDouble() : value.asString();
  }

  private static String plain(XmlElement element) {
    var children = new TreeSet<String>();
    var number = 0;
    for (var child : element.children()) {
      var text = plain(child);
      children.add(children.contains(text) ? text + number++ : text);
    }
    return element.name() + (children.isEmpty() ? "=" + element.text().strip() : children);
  }
}
