package io.stepwise.aws.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kind of value that a service takes or answers with. Shapes hold each other in circles; the
 * reader of a table fills them before anybody sees them.
 */
public final class ModelShape {
  /** What a value is. In the order of the tables' codes. */
  public enum Kind {
    STRUCTURE,
    LIST,
    MAP,
    STRING,
    BLOB,
    BOOLEAN,
    INTEGER,
    LONG,
    FLOAT,
    DOUBLE,
    TIMESTAMP,
    DOCUMENT
  }

  /** How a time is written; {@code ANY}: as the place where it stands has it. */
  public enum TimeFormat {
    ANY,
    ISO_8601,
    EPOCH_SECONDS,
    RFC_822
  }

  private final Kind kind;
  private List<ModelMember> members = List.of();
  private Map<String, ModelMember> byKey = Map.of();
  private boolean eventStream;
  private boolean flattened;
  private String payload = "";
  private String xmlNamespace = "";
  private String xmlPrefix = "";
  private String locationName = "";
  private @Nullable ModelShape element;
  private String elementName = "";
  private String keyName = "";
  private TimeFormat timeFormat = TimeFormat.ANY;

  ModelShape(Kind kind) {
    this.kind = kind;
  }

  void fillStructure(
      boolean eventStream,
      String payload,
      String xmlNamespace,
      String xmlPrefix,
      String locationName,
      List<ModelMember> members) {
    this.eventStream = eventStream;
    this.payload = payload;
    this.xmlNamespace = xmlNamespace;
    this.xmlPrefix = xmlPrefix;
    this.locationName = locationName;
    this.members = List.copyOf(members);
    var keys = new HashMap<String, ModelMember>();
    for (var member : members) {
      keys.put(member.key(), member);
    }
    this.byKey = keys;
  }

  void fillList(ModelShape element, String elementName, boolean flattened) {
    this.element = element;
    this.elementName = elementName;
    this.flattened = flattened;
  }

  void fillMap(ModelShape value, String keyName, String valueName, boolean flattened) {
    this.element = value;
    this.keyName = keyName;
    this.elementName = valueName;
    this.flattened = flattened;
  }

  void fillTime(TimeFormat format) {
    this.timeFormat = format;
  }

  /** What a value is. */
  public Kind kind() {
    return kind;
  }

  /** Whether it is a list or a map. */
  public boolean isCollection() {
    return kind == Kind.LIST || kind == Kind.MAP;
  }

  /** The members of a structure, in the model's order. */
  public List<ModelMember> members() {
    return members;
  }

  /** A member of a structure by its name in parameters and results. */
  public Optional<ModelMember> member(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** The member that is the whole body of a message, if one is. */
  public Optional<ModelMember> payload() {
    return payload.isEmpty()
        ? Optional.empty()
        : members.stream().filter(member -> member.name().equals(payload)).findFirst();
  }

  /** Whether it is a stream of events, which no task can take or give. */
  public boolean isEventStream() {
    return eventStream;
  }

  /** Whether the elements of a list or a map stand without an element around them, in XML. */
  public boolean isFlattened() {
    return flattened;
  }

  /** The XML namespace, or empty. */
  public String xmlNamespace() {
    return xmlNamespace;
  }

  /** The prefix of the XML namespace, or empty. */
  public String xmlPrefix() {
    return xmlPrefix;
  }

  /** The name of a structure's element in XML, or empty. */
  public String locationName() {
    return locationName;
  }

  /** What a list or a map holds. */
  public ModelShape element() {
    if (element == null) {
      throw new IllegalStateException("Expected a list or a map, found " + kind);
    }
    return element;
  }

  /** The name of a list's elements or of a map's values, in XML; {@code otherwise} if none. */
  public String elementName(String otherwise) {
    return elementName.isEmpty() ? otherwise : elementName;
  }

  /** The name of a map's keys in XML; {@code key} if none. */
  public String keyName() {
    return keyName.isEmpty() ? "key" : keyName;
  }

  /** How a time of this shape is written. */
  public TimeFormat timeFormat() {
    return timeFormat;
  }
}
