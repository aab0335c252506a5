package io.stepwise.connectors.aws.wire;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An element of an answer in XML, by its local name. Limits: {@value #DEPTH_MAX} levels; no DTD and
 * no entities of a document's own.
 */
final class XmlElement {
  private static final int DEPTH_MAX = 100;

  private static final XMLInputFactory FACTORY = factory();

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<XmlElement> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private XmlElement(String name) {
    this.name = name;
  }

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /** The root of a document. Errors: {@link BadAnswer}. */
  static XmlElement parse(byte[] body) {
    try {
      return read(FACTORY.createXMLStreamReader(new ByteArrayInputStream(body)));
    } catch (XMLStreamException e) {
      throw new BadAnswer("Expected XML: " + e.getMessage());
    }
  }

  private static XmlElement read(XMLStreamReader reader) throws XMLStreamException {
    Deque<XmlElement> open = new ArrayDeque<>();
    XmlElement root = null;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          var element = start(reader);
          if (root == null) {
            root = element;
          } else if (open.peek() instanceof XmlElement parent) {
            parent.children.add(element);
          }
          open.push(element);
          if (open.size() > DEPTH_MAX) {
            throw new BadAnswer("Expected XML of at most " + DEPTH_MAX + " levels");
          }
        }
        case XMLStreamConstants.END_ELEMENT -> open.pop();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (open.peek() instanceof XmlElement element) {
            element.text.append(reader.getText());
          }
        }
        default -> {}
      }
    }
    if (root == null) {
      throw new BadAnswer("Expected XML, found nothing");
    }
    return root;
  }

  private static XmlElement start(XMLStreamReader reader) {
    var element = new XmlElement(reader.getLocalName());
    for (var i = 0; i < reader.getAttributeCount(); i++) {
      var prefix = reader.getAttributePrefix(i);
      var local = reader.getAttributeLocalName(i);
      element.attributes.put(
          prefix == null || prefix.isEmpty() ? local : prefix + ":" + local,
          reader.getAttributeValue(i));
    }
    return element;
  }

  String name() {
    return name;
  }

  String text() {
    return text.toString();
  }

  List<XmlElement> children() {
    return children;
  }

  /** The children of that name. */
  List<XmlElement> children(String name) {
    return children.stream().filter(child -> child.name.equals(name)).toList();
  }

  @Nullable String attribute(String name) {
    return attributes.get(name);
  }

  Optional<XmlElement> child(String name) {
    for (var child : children) {
      if (child.name.equals(name)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  Optional<String> textOf(String name) {
    return child(name).map(XmlElement::text);
  }
}
