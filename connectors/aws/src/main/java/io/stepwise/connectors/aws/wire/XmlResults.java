package io.stepwise.connectors.aws.wire;

import io.stepwise.aws.model.Dialect;
import io.stepwise.aws.model.ModelMember;
import io.stepwise.aws.model.ModelMember.Location;
import io.stepwise.aws.model.ModelShape;
import io.stepwise.aws.model.ModelShape.Kind;
import io.stepwise.expression.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Results out of answers in XML. */
final class XmlResults {
  private XmlResults() {}

  /** Adds the members of a structure to a result. */
  static void read(Dialect dialect, ModelShape shape, XmlElement element, ObjectNode result) {
    for (var member : shape.members()) {
      if (member.location() != Location.BODY) {
        continue;
      }
      if (isUnwrapped(shape, member, element)) {
        if (!element.text().isEmpty()) {
          result.put(member.key(), element.text());
        }
      } else if (member.isXmlAttribute()) {
        var value = element.attribute(member.wireName());
        if (value != null) {
          result.put(member.key(), value);
        }
      } else if (member.shape().isCollection() && member.isFlattened()) {
        readFlattened(dialect, member, element, result);
      } else {
        element
            .child(member.wireName())
            .ifPresent(child -> result.set(member.key(), read(dialect, member.shape(), child)));
      }
    }
  }

  /** S3 answers GetBucketLocation with the bare element of its one member. */
  private static boolean isUnwrapped(ModelShape shape, ModelMember member, XmlElement element) {
    return shape.members().size() == 1
        && member.name().equals("LocationConstraint")
        && element.name().equals("LocationConstraint");
  }

  private static void readFlattened(
      Dialect dialect, ModelMember member, XmlElement element, ObjectNode result) {
    var shape = member.shape();
    var isList = shape.kind() == Kind.LIST;
    var tag =
        member.isNamed() || member.isFlattenedItself() || !isList
            ? member.wireName()
            : shape.elementName(member.wireName());
    var all = element.children(tag);
    if (all.isEmpty()) {
      return;
    }
    if (isList) {
      var items = result.putArray(member.key());
      all.forEach(child -> items.add(read(dialect, shape.element(), child)));
    } else {
      var values = result.putObject(member.key());
      all.forEach(child -> readEntry(dialect, shape, child, values));
    }
  }

  private static void readEntry(
      Dialect dialect, ModelShape shape, XmlElement entry, ObjectNode values) {
    var key = entry.textOf(shape.keyName());
    var value = entry.child(shape.elementName("value"));
    if (key.isPresent() && value.isPresent()) {
      values.set(key.get(), read(dialect, shape.element(), value.get()));
    }
  }

  /** A value of an answer, as results have it. */
  static JsonNode read(Dialect dialect, ModelShape shape, XmlElement element) {
    return switch (shape.kind()) {
      case STRUCTURE -> {
        var object = Json.nodes().objectNode();
        read(dialect, shape, element, object);
        yield object;
      }
      case LIST -> {
        var items = Json.nodes().arrayNode();
        element
            .children(shape.elementName("member"))
            .forEach(child -> items.add(read(dialect, shape.element(), child)));
        yield items;
      }
      case MAP -> {
        var values = Json.nodes().objectNode();
        element.children().forEach(child -> readEntry(dialect, shape, child, values));
        yield values;
      }
      default -> Scalars.result(dialect, shape, element.text());
    };
  }
}
