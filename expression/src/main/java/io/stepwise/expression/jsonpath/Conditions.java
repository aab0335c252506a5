package io.stepwise.expression.jsonpath;

import io.stepwise.expression.Json;
import io.stepwise.expression.JsonNumbers;
import io.stepwise.expression.jsonpath.Predicate.Operand;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decides filter conditions for one document, comparing values the way Jayway does. */
final class Conditions {
  private final JsonNode document;
  private final Budget budget;

  Conditions(JsonNode document, Budget budget) {
    this.document = document;
    this.budget = budget;
  }

  /** Whether {@code predicate} holds for {@code item}. */
  boolean hold(Predicate predicate, JsonNode item) {
    budget.spend();
    return switch (predicate) {
      case Predicate.And and -> and.parts().stream().allMatch(part -> hold(part, item));
      case Predicate.Or or -> or.parts().stream().anyMatch(part -> hold(part, item));
      case Predicate.Not not -> !hold(not.part(), item);
      case Predicate.Exists exists -> {
        var value = value(exists.path(), item);
        yield value != null && (exists.path().steps().isDefinite() || !value.isEmpty());
      }
      case Predicate.Comparison comparison -> compare(comparison, item);
    };
  }

  private @Nullable JsonNode value(Operand operand, JsonNode item) {
    return switch (operand) {
      case Operand.Literal literal -> literal.value();
      case Operand.Relative path ->
          path.steps().find(path.fromRoot() ? document : item, document, budget);
      case Operand.Regex _ -> null;
    };
  }

  private boolean compare(Predicate.Comparison comparison, JsonNode item) {
    var left = value(comparison.left(), item);
    var right = value(comparison.right(), item);
    return switch (comparison.operator()) {
      case EQUAL -> equal(left, right);
      case NOT_EQUAL -> !equal(left, right);
      case TYPE_SAFE_EQUAL -> sameType(left, right) && equal(left, right);
      case TYPE_SAFE_NOT_EQUAL -> !sameType(left, right) || !equal(left, right);
      case LESS -> isOrdered(left, right) && order(left, right) < 0;
      case LESS_OR_EQUAL -> isOrdered(left, right) && order(left, right) <= 0;
      case GREATER -> isOrdered(left, right) && order(left, right) > 0;
      case GREATER_OR_EQUAL -> isOrdered(left, right) && order(left, right) >= 0;
      case MATCHES -> matches(comparison, left, right);
      case IN -> contains(right, left);
      case NOT_IN -> !contains(right, left);
      case CONTAINS ->
          left != null && left.isString()
              ? right != null && right.isString() && left.asString().contains(right.asString())
              : contains(left, right);
      case SUBSET_OF -> common(left, right) == size(left);
      case ANY_OF -> common(left, right) > 0;
      case NONE_OF -> common(left, right) == 0;
      case ALL -> common(right, left) == size(right);
      case SIZE -> right != null && right.isInt() && size(left) == right.intValue();
      case EMPTY -> right != null && right.isBoolean() && (size(left) == 0) == right.booleanValue();
    };
  }

  private boolean matches(
      Predicate.Comparison comparison, @Nullable JsonNode left, @Nullable JsonNode right) {
    if (comparison.right() instanceof Operand.Regex regex) {
      return matches(regex.pattern(), left);
    }
    return comparison.left() instanceof Operand.Regex regex && matches(regex.pattern(), right);
  }

  private boolean matches(Pattern pattern, @Nullable JsonNode subject) {
    if (subject == null) {
      return pattern.matcher("").matches();
    }
    if (subject.isArray()) {
      return subject.valueStream().anyMatch(item -> matches(pattern, item));
    }
    var text = subject.isValueNode() && !subject.isNull() ? subject.asString() : "";
    return pattern.matcher(budget.metered(text)).matches();
  }

  private static boolean equal(@Nullable JsonNode left, @Nullable JsonNode right) {
    if (left == null || right == null) {
      return false;
    }
    // A number equals the string that denotes it; the left side decides how they are compared.
    if (left.isNumber() && (right.isNumber() || right.isString())) {
      var number = number(right);
      return number != null && JsonNumbers.compare(left, number) == 0;
    }
    if (left.isString() && right.isNumber()) {
      return left.asString().equals(right.asString());
    }
    return left.equals(right);
  }

  private static @Nullable JsonNode number(JsonNode node) {
    try {
      return node.isNumber() ? node : Json.nodes().numberNode(new BigDecimal(node.asString()));
    } catch (NumberFormatException e) {
      return null; // text that denotes no number equals none
    }
  }

  private static boolean sameType(@Nullable JsonNode left, @Nullable JsonNode right) {
    return left != null && right != null && left.getNodeType() == right.getNodeType();
  }

  private static boolean isOrdered(@Nullable JsonNode left, @Nullable JsonNode right) {
    return left != null
        && right != null
        && (left.isNumber() && right.isNumber() || left.isString() && right.isString());
  }

  private static int order(@Nullable JsonNode left, @Nullable JsonNode right) {
    if (left == null || right == null) {
      throw new IllegalStateException("not ordered");
    }
    return left.isNumber()
        ? JsonNumbers.compare(left, right)
        : left.asString().compareTo(right.asString());
  }

  private boolean contains(@Nullable JsonNode list, @Nullable JsonNode item) {
    if (list == null || item == null || !list.isArray()) {
      return false;
    }
    for (var candidate : list) {
      budget.spend();
      if (equal(item, candidate)) {
        return true;
      }
    }
    return false;
  }

  /** How many of the items are in the list; −2 unless both are arrays. */
  private int common(@Nullable JsonNode items, @Nullable JsonNode list) {
    if (items == null || list == null || !items.isArray() || !list.isArray()) {
      return -2;
    }
    var count = 0;
    for (var item : items) {
      count += contains(list, item) ? 1 : 0;
    }
    return count;
  }

  /** Elements, members or characters; −1 where a value has none of these. */
  private static int size(@Nullable JsonNode node) {
    if (node == null) {
      return -1;
    }
    return node.isContainer() ? node.size() : node.isString() ? node.asString().length() : -1;
  }
}
