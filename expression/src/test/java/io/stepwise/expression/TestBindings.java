package io.stepwise.expression;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Bindings from JSON texts. */
public final class TestBindings implements Bindings {
  private final JsonNode input;
  private final Map<String, JsonNode> variables = new HashMap<>();
  private JsonNode context = json("{}");
  private @Nullable JsonNode result;
  private @Nullable JsonNode errorOutput;
  private Moment moment = new Moment(Instant.parse("2026-01-02T03:04:05.678Z"), 42);

  private TestBindings(JsonNode input) {
    this.input = input;
  }

  public static TestBindings input(String json) {
    return new TestBindings(json(json));
  }

  public static TestBindings input(JsonNode json) {
    return new TestBindings(json);
  }

  public static JsonNode json(String text) {
    return Json.parseTrusted(text);
  }

  public TestBindings context(String json) {
    context = json(json);
    return this;
  }

  public TestBindings variable(String name, String json) {
    variables.put(name, json(json));
    return this;
  }

  public TestBindings result(String json) {
    result = json(json);
    return this;
  }

  public TestBindings errorOutput(String json) {
    errorOutput = json(json);
    return this;
  }

  public TestBindings at(Moment other) {
    moment = other;
    return this;
  }

  @Override
  public JsonNode input() {
    return input;
  }

  @Override
  public JsonNode context() {
    return context;
  }

  @Override
  public @Nullable JsonNode variable(String name) {
    return variables.get(name);
  }

  @Override
  public @Nullable JsonNode result() {
    return result;
  }

  @Override
  public @Nullable JsonNode errorOutput() {
    return errorOutput;
  }

  @Override
  public Moment moment() {
    return moment;
  }
}
