package io.stepwise.cli.clients;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** A client of the API, as far as the scenario sees it. */
public interface Caller extends AutoCloseable {
  /**
   * Makes a call and waits for the answer: {@code {"output": …}} or {@code {"refused": code}}.
   *
   * @param operation AWS's name of it
   */
  JsonNode call(String operation, JsonNode input) throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
