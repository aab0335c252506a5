package io.stepwise.protocol;

import io.stepwise.expression.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Answers of the Query protocol: XML, in the namespace of the service. */
final class QueryWire implements Wire {
  private final String namespace;

  QueryWire(String namespace) {
    this.namespace = namespace;
  }

  @Override
  public String contentType() {
    return "text/xml";
  }

  @Override
  public byte[] output(String operation, byte[] json, String requestId) {
    return output(
        operation, Json.parseTrusted(new String(json, StandardCharsets.UTF_8)), requestId);
  }

  @Override
  public byte[] output(String operation, JsonNode output, String requestId) {
    var xml = new StringBuilder();
    open(xml, operation + "Response");
    append(xml, operation + "Result", output);
    xml.append("<ResponseMetadata>");
    append(xml, "RequestId", Json.nodes().stringNode(requestId));
    xml.append("</ResponseMetadata></").append(operation).append("Response>");
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] error(AwsError error, String requestId) {
    var body = Json.nodes().objectNode();
    body.put("Type", error.status() < 500 ? "Sender" : "Receiver");
    body.put("Code", error.code());
    body.put("Message", error.message());
    error.members().forEach(body::put);
    var xml = new StringBuilder();
    open(xml, "ErrorResponse");
    append(xml, "Error", body);
    append(xml, "RequestId", Json.nodes().stringNode(requestId));
    return xml.append("</ErrorResponse>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private void open(StringBuilder xml, String element) {
    xml.append('<').append(element).append(" xmlns=\"").append(namespace).append("\">");
  }

  private static void append(StringBuilder xml, String name, JsonNode value) {
    xml.append('<').append(name).append('>');
    if (value.isObject()) {
      for (var member : value.properties()) {
        append(xml, member.getKey(), member.getValue());
      }
    } else if (value.isArray()) {
      for (var element : value) {
        append(xml, "member", element);
      }
    } else if (!value.isNull()) {
      appendText(xml, value.isString() ? value.stringValue() : value.toString());
    }
    xml.append("</").append(name).append('>');
  }

  /** Text, escaped; what XML 1.0 can't carry is replaced. */
  private static void appendText(StringBuilder xml, String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                case '\r' -> xml.append("&#xD;");
                case '\t', '\n' -> xml.append((char) c);
                default -> xml.appendCodePoint(isCharacter(c) ? c : 0xfffd);
              }
            });
  }

  /** Source: XML 1.0, production 2. */
  private static boolean isCharacter(int c) {
    return (c >= 0x20 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || (c >= 0x10000 && c <= 0x10ffff);
  }
}
