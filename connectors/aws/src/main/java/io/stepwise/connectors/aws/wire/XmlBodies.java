package io.stepwise.connectors.aws.wire;

import io.stepwise.aws.model.ModelMember;
import io.stepwise.aws.model.ModelShape;
import io.stepwise.aws.model.ModelShape.Kind;
import io.stepwise.aws.model.ModelShape.TimeFormat;
import io.stepwise.expression.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Bodies in XML. */
final class XmlBodies {
  private final StringBuilder xml = new StringBuilder();

  private XmlBodies() {}

  /** The document of a value. */
  static byte[] write(
      String root, String namespace, String prefix, ModelShape shape, JsonNode value) {
    var body = new XmlBodies();
    body.element(root, namespace, prefix, shape, value);
    return body.xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void element(
      String name, String namespace, String prefix, ModelShape shape, JsonNode value) {
    xml.append('<').append(name);
    if (!namespace.isEmpty()) {
      xml.append(" xmlns").append(prefix.isEmpty() ? "" : ":" + prefix);
      xml.append("=\"").append(escape(namespace)).append('"');
    }
    for (var member : shape.members()) {
      if (member.isXmlAttribute() && value.has(member.key())) {
        xml.append(' ').append(member.wireName()).append("=\"");
        xml.append(escape(Scalars.text(value.path(member.key())))).append('"');
      }
    }
    xml.append('>');
    content(shape, value);
    xml.append("</").append(name).append('>');
  }

  private void content(ModelShape shape, JsonNode value) {
    switch (shape.kind()) {
      case STRUCTURE -> {
        value.properties().forEach(entry -> ParameterCheck.member(shape, entry.getKey()));
        for (var member : shape.members()) {
          var inner = value.get(member.key());
          if (inner != null && !inner.isNull() && !member.isXmlAttribute()) {
            member(member, inner);
          }
        }
      }
      case LIST -> value.forEach(item -> plain(shape.elementName("member"), shape.element(), item));
      case MAP -> value.properties().forEach(e -> entry("entry", shape, e.getKey(), e.getValue()));
      default ->
          xml.append(escape(Scalars.text(shape, TimeFormat.ANY, value, TimeFormat.ISO_8601)));
    }
  }

  private void member(ModelMember member, JsonNode value) {
    var shape = member.shape();
    var name = member.wireName();
    if (shape.kind() == Kind.MAP && member.isFlattened()) {
      value.properties().forEach(e -> entry(name, shape, e.getKey(), e.getValue()));
    } else if (shape.kind() == Kind.LIST && member.isFlattened()) {
      var tag = member.isNamed() || member.isFlattenedItself() ? name : shape.elementName(name);
      value.forEach(item -> plain(tag, shape.element(), item));
    } else if (shape.kind() == Kind.TIMESTAMP) {
      xml.append('<').append(name).append('>');
      xml.append(Scalars.text(member, value, TimeFormat.ISO_8601));
      xml.append("</").append(name).append('>');
    } else {
      element(name, member.xmlNamespace(), member.xmlPrefix(), shape, value);
    }
  }

  private void plain(String name, ModelShape shape, JsonNode value) {
    element(name, "", "", shape, value);
  }

  private void entry(String tag, ModelShape shape, String key, JsonNode value) {
    xml.append('<').append(tag).append('>');
    xml.append('<').append(shape.keyName()).append('>');
    xml.append(escape(Scalars.text(Json.nodes().stringNode(key))));
    xml.append("</").append(shape.keyName()).append('>');
    plain(shape.elementName("value"), shape.element(), value);
    xml.append("</").append(tag).append('>');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("\r", "&#xD;")
        .replace("\n", "&#xA;");
  }
}
