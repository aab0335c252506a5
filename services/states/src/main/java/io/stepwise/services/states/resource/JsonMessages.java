package io.stepwise.services.states.resource;

/** What the JSON parser says, in the words of the parser that AWS runs. */
public final class JsonMessages {
  private JsonMessages() {}

  /** Without the place, and in older words. */
  public static String of(String message) {
    var place = message.indexOf("\n at [");
    var text = place < 0 ? message : message.substring(0, place);
    return text.replace("property name", "field name");
  }
}
