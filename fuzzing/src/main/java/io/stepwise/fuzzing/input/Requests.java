package io.stepwise.fuzzing.input;

import io.stepwise.expression.Json;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Shape;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The input of an operation, made from its shape and then spoilt in a few places. */
final class Requests {
  private static final String ARN = "arn:aws:states:us-east-1:123456789012:";
  private static final String[] KINDS = {
    "stateMachine:world",
    "stateMachine:world-express",
    "stateMachine:world:1",
    "stateMachine:world:live",
    "activity:world",
    "execution:world:one",
    "stateMachine:none",
    "execution:world:none",
    "express:world-express:one:00000000-0000-0000-0000-000000000000",
    "mapRun:world/label:00000000-0000-0000-0000-000000000000",
    "stateMachine:world/label",
    "execution:world/label:00000000-0000-0000-0000-000000000000",
    "stateMachine:world:99999999999999999999",
    "stateMachine:world:0",
    "stateMachine:",
    "execution:world",
    "stateMachine",
    "activity:",
    "other:x",
  };

  private final Dice dice;
  private final Texts texts;
  private final Payloads payloads;
  private final Definitions definitions;

  Requests(Dice dice) {
    this.dice = dice;
    this.texts = new Texts(dice);
    this.payloads = new Payloads(dice);
    this.definitions = new Definitions(dice);
  }

  /** The text of a request's body. */
  String body(Shape shape) {
    var input = valid(shape);
    var times = dice.of(0, 1, 1, 1, 2, 3);
    for (var i = 0; i < times; i++) {
      spoil(input, shape);
    }
    var text = Json.print(input);
    return dice.chance(8) ? broken(text) : text;
  }

  private ObjectNode valid(Shape shape) {
    var object = Json.nodes().objectNode();
    for (var member : shape.members()) {
      if (member.isRequired() || dice.chance(45)) {
        object.set(member.name(), valid(member));
      }
    }
    return object;
  }

  private JsonNode valid(Member member) {
    var nodes = Json.nodes();
    return switch (member.kind()) {
      case TEXT -> nodes.stringNode(text(member));
      case WHOLE -> nodes.numberNode(dice.between(0, 100));
      case DECIMAL -> nodes.numberNode(dice.between(0, 200) / 2.0);
      case FLAG -> nodes.booleanNode(dice.chance(50));
      case STRUCTURE -> valid(Objects.requireNonNull(member.element()));
      case STRUCTURES -> {
        var list = nodes.arrayNode();
        var size = dice.between(1, 2);
        for (var i = 0; i < size; i++) {
          list.add(valid(Objects.requireNonNull(member.element())));
        }
        yield list;
      }
      case TEXTS -> nodes.arrayNode().add("team");
    };
  }

  private String text(Member member) {
    if (!member.values().isEmpty()) {
      return dice.of(member.values());
    }
    var name = member.name();
    if (name.equals("roleArn")) {
      return "arn:aws:iam::123456789012:role/r";
    }
    if (name.endsWith("Arn")) {
      return arn(name);
    }
    return switch (name) {
      case "definition" ->
          dice.chance(50) ? definitions.machine(dice.chance(50)) : definitions.single();
      case "input", "output", "variables", "context", "result" -> Json.print(payloads.input());
      case "taskToken", "nextToken", "clientToken" -> token();
      case "name" -> "n" + dice.below(20);
      case "stateName" -> "S" + dice.below(3);
      case "key" -> "k" + dice.below(20);
      default -> dice.of("a", "INITIAL", "text", "00000000-0000-0000-0000-000000000000");
    };
  }

  private String arn(String member) {
    if (dice.chance(25)) {
      return ARN + dice.of(KINDS);
    }
    return switch (member) {
      case "executionArn" -> ARN + "execution:world:one";
      case "activityArn" -> ARN + "activity:world";
      case "mapRunArn" -> ARN + "mapRun:world/label:00000000-0000-0000-0000-000000000000";
      case "stateMachineVersionArn" -> ARN + "stateMachine:world:" + dice.between(1, 3);
      case "stateMachineAliasArn" -> ARN + "stateMachine:world:live";
      default -> ARN + "stateMachine:" + dice.of("world", "world-express");
    };
  }

  private String token() {
    return dice.of(
        "AAAAKgAAAAIAAAAAAAAAAQ==",
        "x",
        "eyJhIjoxfQ",
        "-_-_-_-_",
        "A".repeat(1024),
        "..",
        "1",
        "1:2:3:4");
  }

  private void spoil(ObjectNode input, Shape shape) {
    if (shape.members().isEmpty() || dice.chance(5)) {
      input.set(dice.chance(50) ? "unknownMember" : texts.awkward(), payloads.value(3));
      return;
    }
    var member = dice.of(shape.members());
    var element = member.element();
    if (element != null && dice.chance(60)) {
      var value = input.path(member.name());
      if (value instanceof ObjectNode inner) {
        spoil(inner, element);
        return;
      }
      if (value.path(0) instanceof ObjectNode first) {
        spoil(first, element);
        return;
      }
    }
    spoil(input, member);
  }

  private void spoil(ObjectNode input, Member member) {
    var name = member.name();
    switch (dice.below(10)) {
      case 0 -> input.remove(name);
      case 1 -> input.putNull(name);
      case 2 -> input.put(name, "");
      case 3 -> input.put(name, tooLong(member));
      case 4, 5 -> input.set(name, payloads.value(2));
      case 6 -> input.set(name, payloads.hugeNumber());
      case 7 -> input.put(name, name.endsWith("Arn") ? hostileArn() : texts.awkward());
      case 8 ->
          input.put(
              name,
              input.path(name).isString() ? texts.mangled(input.get(name).stringValue()) : "1");
      default -> input.set(name, many(member));
    }
  }

  private String tooLong(Member member) {
    var max = member.max();
    var length = max > 0 && max < 3_000 ? (int) max + dice.between(0, 1) : 3_000;
    return dice.chance(2) ? "x".repeat(300_000) : "x".repeat(length);
  }

  private JsonNode many(Member member) {
    var list = Json.nodes().arrayNode();
    var size = dice.of(0, 3, 51, 200);
    for (var i = 0; i < size; i++) {
      list.add(
          member.element() == null || member.kind() == Member.Kind.TEXTS
              ? payloads.scalar()
              : valid(member.element()));
    }
    return list;
  }

  private String hostileArn() {
    var arn = ARN + dice.of(KINDS);
    return dice.from(
        () -> arn + texts.awkward(),
        () -> arn.replace("aws:", dice.of("aws-cn:", "", "AWS:")),
        () -> arn.replace("123456789012", dice.of("", "1", "999999999999", "x")),
        () -> arn.replace("us-east-1", dice.of("", "moon-1", ":")),
        () -> arn + ":" + dice.of("1", "live", "", "-1", "$LATEST"),
        () -> texts.mangled(arn),
        () -> arn.replace(":", dice.of("::", "")));
  }

  private String broken(String text) {
    return dice.from(
        () -> text.substring(0, dice.below(text.length())),
        () -> text + dice.of("}", " {}", "x", "\0"),
        () -> texts.mangled(text),
        () -> "{" + "\"a\":1,\"a\":2," + text.substring(1),
        () ->
            text.substring(0, text.length() - 1)
                + (text.length() > 2 ? "," : "")
                + "\"deep\":"
                + payloads.deep()
                + "}",
        () ->
            dice.of(
                "",
                "null",
                "[]",
                "\"x\"",
                "1",
                "\uFEFF{}",
                "{\"a\":\"\\ud800\"}",
                "{'a':1}",
                "NaN",
                "{\"a\":1e99999999}"),
        payloads::deep);
  }
}
