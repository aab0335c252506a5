package io.stepwise.fuzzing.input;

import io.stepwise.expression.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON values: small ones of known names, so that paths find something, and hostile ones. */
final class Payloads {
  /** Names that payloads have and that expressions ask for. */
  static final String[] NAMES = {"a", "b", "c", "items", "n", "text", "when", "ok", "x y", "ü"};

  private final Dice dice;
  private final Texts texts;

  Payloads(Dice dice) {
    this.dice = dice;
    this.texts = new Texts(dice);
  }

  /** Any value. */
  JsonNode value(int depth) {
    if (depth <= 0 || dice.chance(45)) {
      return scalar();
    }
    return dice.chance(50) ? object(depth) : array(depth);
  }

  /** An object. */
  ObjectNode object(int depth) {
    var object = Json.nodes().objectNode();
    var size = dice.below(6);
    for (var i = 0; i < size; i++) {
      object.set(dice.chance(90) ? dice.of(NAMES) : texts.awkward(), value(depth - 1));
    }
    return object;
  }

  /** The input of an execution: mostly with members that expressions ask for. */
  ObjectNode input() {
    var object = object(3);
    if (dice.chance(80)) {
      object.set("items", numbers());
      object
          .put("n", dice.between(-3, 20))
          .put("text", dice.of("abc", "a,b,c", ""))
          .put("ok", true);
      object.put("when", "2026-11-23T12:34:56Z");
    }
    return object;
  }

  /** A few numbers. */
  ArrayNode numbers() {
    var array = Json.nodes().arrayNode();
    var size = dice.chance(3) ? dice.between(100, 500) : dice.below(6);
    for (var i = 0; i < size; i++) {
      array.add(dice.between(-9, 9));
    }
    return array;
  }

  private ArrayNode array(int depth) {
    var array = Json.nodes().arrayNode();
    var size = dice.below(5);
    for (var i = 0; i < size; i++) {
      array.add(value(depth - 1));
    }
    return array;
  }

  /** A value without members. */
  JsonNode scalar() {
    var nodes = Json.nodes();
    return switch (dice.below(9)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.booleanNode(dice.chance(50));
      case 2 -> nodes.numberNode(dice.between(-100, 100));
      case 3 -> nodes.numberNode(dice.between(-1_000, 1_000) / 8.0);
      case 4 -> hugeNumber();
      case 5 -> nodes.stringNode(texts.awkward());
      default -> nodes.stringNode(dice.of("", "a", "abc", "a,b", "2026-11-23T12:34:56Z", "5"));
    };
  }

  /** A number that fits nowhere. */
  JsonNode hugeNumber() {
    var nodes = Json.nodes();
    return dice.from(
        () -> nodes.numberNode(Long.MAX_VALUE),
        () -> nodes.numberNode(Long.MIN_VALUE),
        () -> nodes.numberNode(Integer.MAX_VALUE),
        () -> nodes.numberNode(-1),
        () -> nodes.numberNode(BigInteger.TEN.pow(dice.of(19, 40, 400))),
        () -> nodes.numberNode(new BigDecimal("1e-400")),
        () -> nodes.numberNode(new BigDecimal("1E+400")),
        () -> nodes.numberNode(new BigDecimal("0.1000000000000000000000000000000000001")));
  }

  /** Arrays in arrays, or objects in objects. */
  String deep() {
    var depth = dice.of(20, 99, 100, 101, 1_000, 20_000);
    return dice.chance(50)
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }
}
