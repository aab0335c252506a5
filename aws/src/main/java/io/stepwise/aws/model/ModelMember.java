package io.stepwise.aws.model;

import io.stepwise.aws.model.ModelShape.TimeFormat;

/**
 * A member of a structure.
 *
 * @param name in the model
 * @param key in parameters and results of tasks
 * @param wireName where it stands in a message
 * @param shape what it holds
 * @param xmlNamespace of its element, or empty
 * @param xmlPrefix of that namespace, or empty
 * @param queryName its name in a form of EC2, or empty
 * @param flags what else the table says of it
 */
public record ModelMember(
    String name,
    String key,
    String wireName,
    ModelShape shape,
    String xmlNamespace,
    String xmlPrefix,
    String queryName,
    int flags) {

  static final int HAS_WIRE_NAME = 1 << 4;
  static final int HAS_NAMESPACE = 1 << 13;
  static final int HAS_QUERY_NAME = 1 << 14;

  /** Where a member stands. In the order of the tables' codes. */
  public enum Location {
    BODY,
    URI,
    HEADER,
    HEADERS,
    QUERY,
    STATUS
  }

  /** Where it stands. */
  public Location location() {
    return Location.values()[flags >> 1 & 7];
  }

  /** Whether the service wants it. */
  public boolean isRequired() {
    return has(1);
  }

  /** Whether its elements stand without an element around them, by its own or its shape's say. */
  public boolean isFlattened() {
    return has(1 << 5) || shape.isFlattened();
  }

  /** Whether the member itself says that, whatever its shape says. */
  public boolean isFlattenedItself() {
    return has(1 << 5);
  }

  /** Whether it is an attribute of its XML element. */
  public boolean isXmlAttribute() {
    return has(1 << 6);
  }

  /** Whether it is made up where it is missing, so that a repeated call does nothing twice. */
  public boolean isIdempotencyToken() {
    return has(1 << 7);
  }

  /** Whether its text is JSON. */
  public boolean isJsonText() {
    return has(1 << 8);
  }

  /** Whether it may be too large to be held. */
  public boolean isStreaming() {
    return has(1 << 10);
  }

  /** Whether the model gives it a name of its own on the wire, even if it is the same. */
  public boolean isNamed() {
    return has(1 << 15);
  }

  /** How a time in it is written. */
  public TimeFormat timeFormat() {
    var own = TimeFormat.values()[flags >> 11 & 3];
    return own == TimeFormat.ANY ? shape.timeFormat() : own;
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
