package io.stepwise.server.metrics;

import java.util.function.IntSupplier;

/** All figures as text. Source: Prometheus, "Text-based format", version 0.0.4. */
public final class Exposition {
  /** The media type of {@link #text}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final ExecutionMetrics executions;
  private final ApiMetrics api;
  private final IntSupplier queueDepth;

  /** Of these figures; {@code queueDepth} tells how many messages wait for a shard worker. */
  public Exposition(ExecutionMetrics executions, ApiMetrics api, IntSupplier queueDepth) {
    this.executions = executions;
    this.api = api;
    this.queueDepth = queueDepth;
  }

  /** The figures of this moment. */
  public String text() {
    var text = new StringBuilder(16_384);
    executions.write(text);
    api.write(text);
    text.append("# TYPE stepwise_queue_depth gauge\n");
    sample(text, "stepwise_queue_depth", "", queueDepth.getAsInt());
    return text.toString();
  }

  static void sample(StringBuilder text, String name, String labels, long value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(value).append('\n');
  }
}
