package io.stepwise.connectors.s3;

import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON value in each line; empty lines are none. */
final class JsonLines implements ItemFormat {
  @Override
  public boolean read(ObjectBytes bytes, ObjectNode place, Page page) throws ObjectStoreException {
    bytes.skipByteOrderMark();
    bytes.skipSpace();
    while (bytes.peek() != ObjectBytes.END) {
      if (page.isFull(bytes)) {
        return true;
      }
      page.items().add(parse(line(bytes)));
      bytes.skipSpace();
    }
    return false;
  }

  private static String line(ObjectBytes bytes) throws ObjectStoreException {
    var line = new ByteArrayOutputStream();
    while (bytes.peek() != ObjectBytes.END && bytes.peek() != '\n') {
      bytes.takeInto(line);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode parse(String line) throws ObjectStoreException {
    try {
      return Json.parse(line);
    } catch (InvalidJsonException e) {
      throw new ObjectStoreException("A line of the file is not valid JSON: " + e.getMessage());
    }
  }
}
