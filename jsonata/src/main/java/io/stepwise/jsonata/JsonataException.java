package io.stepwise.jsonata;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An expression that is no JSONata, or whose evaluation failed.
 *
 * <p>{@link #getMessage()} is the reference implementation's text, filled in, without its code.
 */
public final class JsonataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final transient @Nullable JsonNode value;
  private final transient @Nullable JsonNode value2;
  private int index;
  private @Nullable String text;
  private @Nullable String token;
  private boolean literal;
  private int position;

  private JsonataException(
      String code, @Nullable JsonNode value, @Nullable JsonNode value2, @Nullable String text) {
    super(code, null, false, false);
    this.code = code;
    this.value = value;
    this.value2 = value2;
    this.text = text;
  }

  /** Of this code. */
  public static JsonataException of(String code) {
    return new JsonataException(code, null, null, null);
  }

  /** Of this code, about a value (null: undefined). */
  public static JsonataException of(String code, @Nullable JsonNode value) {
    return new JsonataException(code, value, null, null);
  }

  /** Of this code, about two values (null: undefined). */
  public static JsonataException of(
      String code, @Nullable JsonNode value, @Nullable JsonNode value2) {
    return new JsonataException(code, value, value2, null);
  }

  /** Of this code, with a text of its own. */
  public static JsonataException withText(String code, String text) {
    return new JsonataException(code, null, null, text);
  }

  /** As itself, with the one-based number of the argument or parameter at fault. */
  public JsonataException index(int index) {
    this.index = index;
    return this;
  }

  /** As itself, standing at this position, about this token (null: none). */
  public JsonataException at(int position, @Nullable String token) {
    this.position = position;
    this.token = token;
    return this;
  }

  /** As itself, standing at this position, about a token that is shown without quotes. */
  public JsonataException atLiteral(int position, String token) {
    this.literal = true;
    return at(position, token);
  }

  /** Moves it to a position; zero leaves it. The token stays if there is one. */
  public void moveTo(int position, @Nullable String token) {
    if (position != 0) {
      this.position = position;
    }
    if (this.token == null) {
      this.token = token;
    }
  }

  /** Gives it a position and a token if it has none. */
  public void locate(int position, @Nullable String token) {
    if (this.position == 0) {
      this.position = position;
    }
    if (this.token == null) {
      this.token = token;
    }
  }

  /** The code, e.g. {@code T2001}. */
  public String code() {
    return code;
  }

  /** Where in the expression: the offset after the token at fault; 0 where unknown. */
  public int position() {
    return position;
  }

  /** The token or the function at fault, if any. */
  public @Nullable String token() {
    return token;
  }

  @Override
  public String getMessage() {
    return text != null ? text : Messages.fill(code, value, value2, token, literal, index);
  }
}
