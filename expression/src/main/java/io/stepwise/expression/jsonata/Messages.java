package io.stepwise.expression.jsonata;

import com.dashjoin.jsonata.JException;
import io.stepwise.expression.Json;
import org.jspecify.annotations.Nullable;

/** Texts of the engine's errors in the words of the JSONata reference implementation. */
final class Messages {
  private static final String FIRST = "\u0001";
  private static final String SECOND = "\u0002";

  private Messages() {}

  /** The message without its code. */
  static String text(JException e) {
    var code = e.getError();
    if (code == null) {
      return String.valueOf(e.getMessage());
    }
    var pattern = JException.msg(code, -1, FIRST, SECOND);
    if (pattern.startsWith("JSonataException ")) {
      return code; // not a code but a message of its own
    }
    // The engine is a translation in which every "function" became "Object".
    return pattern
        .replace("Object", "function")
        .replace("\"" + FIRST + "\"", print(e.getCurrent()))
        .replace("\"" + SECOND + "\"", print(e.getExpected()))
        .replace(FIRST, String.valueOf(e.getCurrent()));
  }

  /** The error's code and message, or the message alone where it has no code. */
  static String codeAndText(JException e) {
    var code = e.getError();
    var coded = code != null && code.matches("[STD]\\d{4}");
    return coded ? code + ": " + text(e) : text(e);
  }

  private static String print(@Nullable Object argument) {
    if (argument instanceof String name && name.startsWith("com.dashjoin.")) {
      return "undefined"; // a function without a name: the engine takes that of its class
    }
    try {
      return argument == null ? "null" : Json.print(Results.toJson(argument));
    } catch (Results.UnsupportedResultException _) {
      return "\"function\""; // what the engine calls it would be the name of a class
    }
  }
}
