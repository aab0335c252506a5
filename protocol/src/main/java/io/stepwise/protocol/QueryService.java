package io.stepwise.protocol;

import io.stepwise.edge.Request;
import io.stepwise.expression.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * A service in AWS's Query protocol: a form goes in, XML comes out. Fields of structures and lists
 * ({@code Tags.member.1.Key}) stand in the input under these names. Source: Smithy, "AWS query
 * protocol".
 */
public final class QueryService extends WireService {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Dialect dialect;
  private final Map<String, Operation> byName = new HashMap<>();

  /**
   * How a service speaks Query.
   *
   * @param name what credential scopes call the service
   * @param version of its API, e.g. {@code 2011-06-15}
   * @param namespace of its answers
   */
  public record Dialect(String name, String version, String namespace) {}

  /**
   * With operations.
   *
   * @param defaults identity of requests that do not tell
   * @param mapping what to tell of exceptions
   * @param blocking where operations that may block run
   */
  public QueryService(
      Dialect dialect,
      List<Operation> operations,
      Identity defaults,
      ErrorMapping mapping,
      Executor blocking) {
    super(
        dialect.name(),
        operations,
        defaults,
        mapping,
        blocking,
        new QueryWire(dialect.namespace()));
    this.dialect = dialect;
    operations.forEach(operation -> byName.put(operation.name(), operation));
  }

  @Override
  public boolean takes(Request request) {
    var type = request.header("Content-Type");
    return type != null
        && type.startsWith(FORM)
        && (dialect.version().equals(form(request).get("Version"))
            || dialect.name().equals(Identity.serviceOf(request)));
  }

  @Override
  public String action(Request request) {
    var operation = byName.get(form(request).getOrDefault("Action", ""));
    return operation == null ? "Unknown" : operation.name();
  }

  @Override
  Asked read(Request request) {
    var form = form(request);
    var action = form.getOrDefault("Action", "");
    var operation = byName.get(action);
    if (operation == null) {
      throw new CommonError.InvalidAction(action, dialect.version()).toException();
    }
    var input = Json.nodes().objectNode();
    form.forEach(
        (name, value) -> {
          if (!name.equals("Action") && !name.equals("Version")) {
            input.put(name, value);
          }
        });
    return new Asked(operation, input);
  }

  /** The fields of a form; what is no form has none. */
  private static Map<String, String> form(Request request) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (var pair : request.text().split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        } catch (IllegalArgumentException e) {
          return Map.of(); // half an escape: nothing of it can be trusted
        }
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
