package io.stepwise.jsonata.node;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Frame;
import io.stepwise.jsonata.value.Text;
import io.stepwise.jsonata.value.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** Operators between two values, and negation. */
final class Operators {
  private Operators() {}

  /** One with two operands, evaluated left then right. */
  private abstract static class Binary extends Node {
    final Node left;
    final Node right;
    final String operator;
    final int position;

    Binary(Node left, Node right, String operator, int position) {
      this.left = left;
      this.right = right;
      this.operator = operator;
      this.position = position;
    }

    @Override
    public final @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      evaluation.enter();
      var leftValue = left.evaluate(evaluation, input, frame);
      var rightValue = right.evaluate(evaluation, input, frame);
      try {
        var value = apply(leftValue, rightValue, evaluation);
        evaluation.leave();
        return value;
      } catch (JsonataException e) {
        throw e.at(position, operator);
      }
    }

    abstract @Nullable JsonNode apply(
        @Nullable JsonNode left, @Nullable JsonNode right, Evaluation evaluation);
  }

  /** {@code + - * / %}. */
  static final class Arithmetic extends Binary {
    private final char sign;

    Arithmetic(Node left, Node right, String operator, int position) {
      super(left, right, operator, position);
      this.sign = operator.charAt(0);
    }

    @Override
    @Nullable JsonNode apply(
        @Nullable JsonNode left, @Nullable JsonNode right, Evaluation evaluation) {
      if (left instanceof IntNode one && right instanceof IntNode other) {
        return whole(one.intValue(), other.intValue());
      }
      if (left != null && !Values.isFinite(left)) {
        throw JsonataException.of("T2001", left);
      }
      if (right != null && !Values.isFinite(right)) {
        throw JsonataException.of("T2002", right);
      }
      if (left == null || right == null) {
        return null;
      }
      return Values.number(real(Values.toDouble(left), Values.toDouble(right)));
    }

    private JsonNode whole(long left, long right) {
      return switch (sign) {
        case '+' -> Values.number(left + right);
        case '-' -> Values.number(left - right);
        default -> Values.number(real((double) left, (double) right));
      };
    }

    private double real(double left, double right) {
      return switch (sign) {
        case '+' -> left + right;
        case '-' -> left - right;
        case '*' -> left * right;
        case '/' -> left / right;
        default -> left % right;
      };
    }
  }

  /** {@code &}. */
  static final class Concatenation extends Binary {
    Concatenation(Node left, Node right, String operator, int position) {
      super(left, right, operator, position);
    }

    @Override
    JsonNode apply(@Nullable JsonNode left, @Nullable JsonNode right, Evaluation evaluation) {
      var one = left == null ? "" : Text.of(left, false, evaluation);
      var other = right == null ? "" : Text.of(right, false, evaluation);
      evaluation.text(one.length() + (long) other.length());
      return Values.text(one.concat(other));
    }
  }

  /** {@code = !=}; with undefined neither holds. */
  static final class Equality extends Binary {
    private final boolean wanted;

    Equality(Node left, Node right, String operator, int position) {
      super(left, right, operator, position);
      this.wanted = operator.equals("=");
    }

    @Override
    JsonNode apply(@Nullable JsonNode left, @Nullable JsonNode right, Evaluation evaluation) {
      return Values.bool(
          left != null && right != null && Values.equal(left, right, evaluation) == wanted);
    }
  }

  /** {@code < <= > >=} between numbers or between texts. */
  static final class Comparison extends Binary {
    private final boolean greater;
    private final boolean orEqual;

    Comparison(Node left, Node right, String operator, int position) {
      super(left, right, operator, position);
      this.greater = operator.startsWith(">");
      this.orEqual = operator.endsWith("=");
    }

    @Override
    @Nullable JsonNode apply(
        @Nullable JsonNode left, @Nullable JsonNode right, Evaluation evaluation) {
      if (!isComparable(left) || !isComparable(right)) {
        throw JsonataException.of("T2010", isComparable(left) ? right : left);
      }
      if (left == null || right == null) {
        return null;
      }
      if (left instanceof IntNode one && right instanceof IntNode other) {
        return decide(Integer.compare(one.intValue(), other.intValue()));
      }
      if (left instanceof StringNode != right instanceof StringNode) {
        throw JsonataException.of("T2009", left, right);
      }
      if (left instanceof StringNode) {
        return decide(Values.string(left).compareTo(Values.string(right)));
      }
      var one = Values.toDouble(left);
      var other = Values.toDouble(right);
      if (Double.isNaN(one) || Double.isNaN(other)) {
        return Values.bool(false);
      }
      return decide(one < other ? -1 : one > other ? 1 : 0);
    }

    private JsonNode decide(int order) {
      return Values.bool(order == 0 ? orEqual : order > 0 == greater);
    }

    private static boolean isComparable(@Nullable JsonNode value) {
      return value == null || value instanceof StringNode || Values.isNumber(value);
    }
  }

  /** {@code in}. */
  static final class Membership extends Binary {
    Membership(Node left, Node right, String operator, int position) {
      super(left, right, operator, position);
    }

    @Override
    JsonNode apply(@Nullable JsonNode left, @Nullable JsonNode right, Evaluation evaluation) {
      if (left == null || right == null) {
        return Values.bool(false);
      }
      if (!(right instanceof ArrayNode array)) {
        return Values.bool(Values.identical(left, right));
      }
      var size = array.size();
      evaluation.steps(size >> 2);
      for (var i = 0; i < size; i++) {
        if (Values.identical(left, array.get(i))) {
          return Values.bool(true);
        }
      }
      return Values.bool(false);
    }
  }

  /** {@code and or}; the right side only where it matters, and its errors stand here. */
  static final class Connective extends Node {
    private final Node left;
    private final Node right;
    private final String operator;
    private final int position;
    private final boolean decisive;

    Connective(Node left, Node right, String operator, int position) {
      this.left = left;
      this.right = right;
      this.operator = operator;
      this.position = position;
      this.decisive = operator.equals("or");
    }

    @Override
    public JsonNode evaluate(Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      evaluation.enter();
      var leftValue = left.evaluate(evaluation, input, frame);
      try {
        var value =
            Values.isTrue(leftValue) == decisive
                ? decisive
                : Values.isTrue(right.evaluate(evaluation, input, frame));
        evaluation.leave();
        return Values.bool(value);
      } catch (JsonataException e) {
        throw e.at(position, operator);
      }
    }
  }

  /** {@code -x}. */
  static final class Negation extends Node {
    private final Node operand;
    private final int position;

    Negation(Node operand, int position) {
      this.operand = operand;
      this.position = position;
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      evaluation.enter();
      var value = operand.evaluate(evaluation, input, frame);
      evaluation.leave();
      if (value == null) {
        return null;
      }
      if (!Values.isFinite(value)) {
        throw JsonataException.of("D1002", value).at(position, "-");
      }
      return Values.number(-Values.toDouble(value));
    }
  }
}
