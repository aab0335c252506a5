package io.stepwise.protocol;

import io.stepwise.edge.Request;
import io.stepwise.expression.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A service in AWS's REST-JSON protocol: method and path say the operation; labels of the path, the
 * query and the body together are its input. Source: Smithy, "AWS restJson1 protocol".
 */
public final class RestService extends WireService {
  /** Code of functions comes as one long text. Units: characters. */
  private static final int TEXT_MAX = 64 << 20;

  private static final JsonMapper BODIES =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(Json.DEPTH_MAX)
                          .maxStringLength(TEXT_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final Dialect dialect;
  private final List<Route> routes;

  /**
   * How a service speaks REST.
   *
   * @param name what credential scopes call the service
   * @param places what may follow the version in its paths, e.g. {@code functions}
   */
  public record Dialect(String name, List<String> places) {
    public Dialect {
      places = List.copyOf(places);
    }
  }

  /**
   * Where an operation is found.
   *
   * @param path with labels in braces, e.g. {@code /2015-03-31/functions/{FunctionName}/code}
   * @param takesJson whether its body is JSON; else it is the operation's own to read
   */
  public record Route(String method, List<String> path, Operation operation, boolean takesJson) {
    public Route {
      Objects.requireNonNull(operation);
      path = List.copyOf(path);
    }

    /** Of an operation whose body, if any, is JSON. */
    public static Route of(String method, String path, Operation operation) {
      return new Route(method, segments(path), operation, true);
    }

    /** Of an operation that reads its body itself. */
    public static Route ofBytes(String method, String path, Operation operation) {
      return new Route(method, segments(path), operation, false);
    }

    private boolean leads(List<String> asked) {
      if (asked.size() != path.size()) {
        return false;
      }
      for (var i = 0; i < path.size(); i++) {
        if (!isLabel(path.get(i)) && !path.get(i).equals(asked.get(i))) {
          return false;
        }
      }
      return true;
    }

    private void label(List<String> asked, ObjectNode input) {
      for (var i = 0; i < path.size(); i++) {
        var part = path.get(i);
        if (isLabel(part)) {
          input.put(part.substring(1, part.length() - 1), asked.get(i));
        }
      }
    }

    private static boolean isLabel(String part) {
      return part.startsWith("{");
    }
  }

  /**
   * With operations.
   *
   * @param defaults identity of requests that do not tell
   * @param mapping what to tell of exceptions
   * @param blocking where operations that may block run
   */
  public RestService(
      Dialect dialect,
      List<Route> routes,
      Identity defaults,
      ErrorMapping mapping,
      Executor blocking) {
    super(
        dialect.name(),
        routes.stream().map(Route::operation).distinct().toList(),
        defaults,
        mapping,
        blocking,
        new RestWire());
    this.dialect = dialect;
    this.routes = List.copyOf(routes);
  }

  @Override
  public boolean takes(Request request) {
    var path = segments(request.path());
    return path.size() > 1
        && VERSION.matcher(path.getFirst()).matches()
        && dialect.places().contains(path.get(1));
  }

  @Override
  public String action(Request request) {
    return find(request, segments(request.path()))
        .map(route -> route.operation().name())
        .orElse("Unknown");
  }

  private Optional<Route> find(Request request, List<String> path) {
    return routes.stream()
        .filter(route -> route.method().equals(request.method()) && route.leads(path))
        .findFirst();
  }

  @Override
  Asked read(Request request) {
    var path = segments(request.path());
    var route =
        find(request, path)
            .orElseThrow(
                () ->
                    new CommonError.UnknownOperationException(
                            "Stepwise's "
                                + dialect.name()
                                + " has no operation at "
                                + request.method()
                                + " "
                                + request.path())
                        .toException());
    var input = route.takesJson() ? body(request) : Json.nodes().objectNode();
    for (var pair : request.query().split("&", -1)) {
      var equals = pair.indexOf('=');
      var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!name.isEmpty()) {
        put(input, route.operation().input(), name, equals < 0 ? "" : pair.substring(equals + 1));
      }
    }
    route.label(path, input);
    return new Asked(route.operation(), input);
  }

  /** A parameter of the query, as the shape has it. */
  private static void put(ObjectNode input, Shape shape, String name, String encoded) {
    var value = decoded(encoded);
    var kind =
        shape.members().stream()
            .filter(member -> member.name().equals(name))
            .map(Member::kind)
            .findFirst()
            .orElse(Member.Kind.TEXT);
    switch (kind) {
      case WHOLE -> {
        try {
          input.put(name, Long.parseLong(value));
        } catch (NumberFormatException e) {
          throw new CommonError.SerializationException(
                  "Expected a number for " + name + ", found '" + value + "'")
              .toException();
        }
      }
      case FLAG -> input.put(name, Boolean.parseBoolean(value));
      case TEXTS -> {
        var list = input.get(name) instanceof ArrayNode array ? array : input.putArray(name);
        list.add(value);
      }
      case TEXT, DECIMAL, STRUCTURE, STRUCTURES -> input.put(name, value);
    }
  }

  private static ObjectNode body(Request request) {
    if (request.body().length == 0) {
      return Json.nodes().objectNode();
    }
    try {
      if (BODIES.readTree(request.body()) instanceof ObjectNode object) {
        object.removeIf(value -> value.isNull());
        return object;
      }
    } catch (JacksonException e) {
      throw new CommonError.SerializationException("The request body is not valid JSON")
          .toException();
    }
    throw new CommonError.SerializationException("Expected the request body to be a JSON object")
        .toException();
  }

  /** The parts of a path, decoded; what ends with a slash is the same without it. */
  private static List<String> segments(String path) {
    var parts = new ArrayList<String>();
    for (var part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(part.startsWith("{") ? part : decoded(part.replace("+", "%2B")));
      }
    }
    return parts;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // half an escape stands for itself, and names nothing
    }
  }

  private static final class RestWire implements Wire {
    @Override
    public String contentType() {
      return "application/json";
    }

    @Override
    public byte[] output(String operation, byte[] json, String requestId) {
      return json;
    }

    @Override
    public byte[] output(String operation, JsonNode output, String requestId) {
      return Json.printUtf8(output);
    }

    @Override
    public Map<String, String> errorHeaders(AwsError error, String requestId) {
      return Map.of("x-amzn-RequestId", requestId, "x-amzn-ErrorType", error.code());
    }

    @Override
    public byte[] error(AwsError error, String requestId) {
      var body = Json.nodes().objectNode();
      error.members().forEach(body::put);
      body.put("Type", error.status() < 500 ? "User" : "Service");
      body.put(error.messageMember(), error.message());
      return Json.printUtf8(body);
    }
  }
}
