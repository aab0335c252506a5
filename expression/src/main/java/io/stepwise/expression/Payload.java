package io.stepwise.expression;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * An immutable JSON value that knows its text, its tree and its size, each computed at most once.
 *
 * <p>A state that hands its input on hands over the same {@code Payload}: nothing is parsed or
 * printed again, and storage recognises the value by identity and refers to the row that already
 * holds it. The tree must never be changed by whoever reads it.
 *
 * <p>Text given by a caller keeps its white space; computed values print compactly.
 *
 * <p>Thread safety: the memo fields are written racily, but every writer computes the same value.
 */
public final class Payload {
  /** The value {@code {}}. */
  public static final Payload EMPTY_OBJECT = new Payload("{}", null);

  /** The value {@code null}. */
  public static final Payload NULL = new Payload("null", NullNode.getInstance());

  private @Nullable String text;
  private @Nullable JsonNode tree;
  private int sizeBytes = -1;
  private @Nullable Object home;

  private Payload(@Nullable String text, @Nullable JsonNode tree) {
    this.text = text;
    this.tree = tree;
  }

  /**
   * Reads JSON text from outside.
   *
   * <p>Errors: {@link InvalidJsonException} with the parser's message when the text is not exactly
   * one JSON value.
   */
  public static Payload parse(String text) throws InvalidJsonException {
    return new Payload(Objects.requireNonNull(text), Json.parse(text));
  }

  /** Wraps text that is known to be one JSON value; it is parsed only if somebody asks. */
  public static Payload ofTrustedText(String text) {
    return new Payload(Objects.requireNonNull(text), null);
  }

  /** Wraps a tree, which must not change afterwards. */
  public static Payload of(JsonNode tree) {
    return new Payload(null, Objects.requireNonNull(tree));
  }

  /**
   * What a callee gets of a value: a text that is JSON is handed over as it is, not encoded again.
   * Source: recorded, {@code Payload} of {@code lambda:invoke} and {@code Input} of {@code
   * startExecution}.
   */
  public static Payload handedOver(JsonNode value) {
    if (value.isString()) {
      try {
        return parse(value.stringValue());
      } catch (InvalidJsonException _) {
        return of(value);
      }
    }
    return of(value);
  }

  /** The JSON text. */
  public String text() {
    var known = text;
    if (known == null) {
      known = Json.print(Objects.requireNonNull(tree));
      text = known;
    }
    return known;
  }

  /** The JSON tree; read only. */
  public JsonNode tree() {
    var known = tree;
    if (known == null) {
      known = Json.parseTrusted(Objects.requireNonNull(text));
      tree = known;
    }
    return known;
  }

  /** Size of the text. Units: UTF-8 bytes. */
  public int sizeBytes() {
    if (sizeBytes < 0) {
      sizeBytes = Utf8.length(text());
    }
    return sizeBytes;
  }

  /** The text in UTF-8. */
  public byte[] bytes() {
    return text().getBytes(StandardCharsets.UTF_8);
  }

  /** Where storage has put this value last, or null. Only storage reads and writes this mark. */
  public @Nullable Object home() {
    return home;
  }

  /** Remembers where storage has put this value. */
  public void rememberHome(Object home) {
    this.home = home;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Payload that && (this == that || tree().equals(that.tree()));
  }

  @Override
  public int hashCode() {
    return tree().hashCode();
  }

  /** The JSON text. */
  @Override
  public String toString() {
    return text();
  }
}
