package io.stepwise.logs.pattern;

import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code { $.a = "x" && ($.b > 1 || $.c NOT EXISTS) }}: conditions on messages that are JSON
 * objects. {@code &&} binds closer than {@code ||}.
 */
final class JsonPatternParser {
  private static final int DEPTH_MAX = 50;

  private final Scanner scanner;
  private int depth;

  JsonPatternParser(String text) {
    this.scanner = new Scanner(text);
  }

  /** A condition on a message. */
  @FunctionalInterface
  private interface Condition {
    boolean holds(JsonNode message);
  }

  FilterPattern parse() {
    scanner.expect("{");
    var condition = anyOf();
    scanner.expect("}");
    scanner.skipSpace();
    if (!scanner.isAtEnd()) {
      throw scanner.invalid("expected nothing after '}'");
    }
    return message -> {
      var text = message.strip();
      if (!text.startsWith("{")) {
        return false;
      }
      try {
        return condition.holds(Json.parse(text));
      } catch (InvalidJsonException e) {
        return false;
      }
    };
  }

  private Condition anyOf() {
    var all = new ArrayList<Condition>();
    do {
      all.add(allOf());
      scanner.skipSpace();
    } while (scanner.take("||"));
    return all.size() == 1
        ? all.getFirst()
        : message -> all.stream().anyMatch(each -> each.holds(message));
  }

  private Condition allOf() {
    var all = new ArrayList<Condition>();
    do {
      all.add(one());
      scanner.skipSpace();
    } while (scanner.take("&&"));
    return all.size() == 1
        ? all.getFirst()
        : message -> all.stream().allMatch(each -> each.holds(message));
  }

  private Condition one() {
    scanner.skipSpace();
    if (scanner.take("(")) {
      if (++depth > DEPTH_MAX) {
        throw scanner.invalid("expected at most " + DEPTH_MAX + " nested parentheses");
      }
      var inner = anyOf();
      scanner.expect(")");
      depth--;
      return inner;
    }
    var path = path();
    if (scanner.takeWords("NOT", "EXISTS")) {
      return message -> select(message, path).isEmpty();
    }
    if (scanner.takeWords("EXISTS")) {
      return message -> !select(message, path).isEmpty();
    }
    if (scanner.takeWords("IS")) {
      return is(path);
    }
    var operator =
        Comparison.Operator.next(scanner)
            .orElseThrow(() -> scanner.invalid("expected an operator after a property"));
    var comparison = Comparison.parse(operator, scanner);
    return message -> select(message, path).stream().anyMatch(value -> holds(comparison, value));
  }

  private Condition is(List<Step> path) {
    if (scanner.takeWords("TRUE")) {
      return message ->
          select(message, path).stream().anyMatch(v -> v.isBoolean() && v.asBoolean());
    }
    if (scanner.takeWords("FALSE")) {
      return message ->
          select(message, path).stream().anyMatch(v -> v.isBoolean() && !v.asBoolean());
    }
    if (scanner.takeWords("NULL")) {
      return message -> select(message, path).stream().anyMatch(JsonNode::isNull);
    }
    throw scanner.invalid("expected TRUE, FALSE or NULL after IS");
  }

  private static boolean holds(Comparison comparison, JsonNode value) {
    if (value.isString()) {
      return comparison.holds(value.stringValue());
    }
    if (value.isNumber()) {
      var printed = Json.print(value);
      return Comparison.number(printed)
          .map(number -> comparison.holds(number, printed))
          .orElseGet(() -> comparison.holds(BigDecimal.valueOf(value.doubleValue()), printed));
    }
    return value.isBoolean() && comparison.holds(Json.print(value));
  }

  // ── Properties ─────────────────────────────────────────────────────────────────────────────

  /** A step to a part of a value. */
  private sealed interface Step {
    record Property(String name) implements Step {}

    record Item(int index) implements Step {}

    record Every() implements Step {}
  }

  private List<Step> path() {
    scanner.skipSpace();
    if (!scanner.take("$")) {
      throw scanner.invalid("expected a property that begins with '$.'");
    }
    List<Step> steps = new ArrayList<>();
    while (true) {
      if (scanner.take(".")) {
        if (scanner.take("*")) {
          steps.add(new Step.Every());
          continue;
        }
        if (scanner.peek() == '[') {
          continue;
        }
        var name = scanner.until(c -> !isNamePart(c));
        if (name.isEmpty()) {
          throw scanner.invalid("expected the name of a property");
        }
        steps.add(new Step.Property(name));
      } else if (scanner.take("[")) {
        steps.add(bracketed());
        scanner.expect("]");
      } else if (steps.isEmpty()) {
        throw scanner.invalid("expected '.' after '$'");
      } else {
        return steps;
      }
    }
  }

  private static boolean isNamePart(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == ':' || c == '@' || c == '/';
  }

  private Step bracketed() {
    scanner.skipSpace();
    if (scanner.take("*")) {
      return new Step.Every();
    }
    if (scanner.peek() == '"') {
      return new Step.Property(scanner.quoted());
    }
    if (scanner.take("'")) {
      var name = scanner.until(c -> c == '\'');
      scanner.expect("'");
      return new Step.Property(name);
    }
    var digits = scanner.until(c -> c < '0' || c > '9');
    if (digits.isEmpty() || digits.length() > 9) {
      throw scanner.invalid("expected an index");
    }
    return new Step.Item(Integer.parseInt(digits));
  }

  private static List<JsonNode> select(JsonNode message, List<Step> path) {
    var found = List.of(message);
    for (var step : path) {
      List<JsonNode> next = new ArrayList<>();
      for (var value : found) {
        switch (step) {
          case Step.Property(var name) -> addIfThere(next, value.get(name));
          case Step.Item(var index) -> addIfThere(next, value.get(index));
          case Step.Every() -> value.forEach(next::add);
        }
      }
      found = next;
    }
    return found;
  }

  private static void addIfThere(List<JsonNode> all, @Nullable JsonNode value) {
    if (value != null) {
      all.add(value);
    }
  }
}
