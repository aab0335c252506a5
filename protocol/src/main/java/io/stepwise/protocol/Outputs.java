package io.stepwise.protocol;

import io.stepwise.expression.Json;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Puts values into outputs in AWS's forms; what is null is left out. */
public final class Outputs {
  private Outputs() {}

  /** An empty output. */
  public static ObjectNode object() {
    return Json.nodes().objectNode();
  }

  /** A point in time: seconds with milliseconds as fraction. */
  public static void putTime(ObjectNode output, String name, long millis) {
    output.put(name, BigDecimal.valueOf(millis, 3));
  }

  /** Text, unless null. */
  public static void put(ObjectNode output, String name, @Nullable String text) {
    if (text != null) {
      output.put(name, text);
    }
  }
}
