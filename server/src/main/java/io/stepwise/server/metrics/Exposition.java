package io.stepwise.server.metrics;

import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** All figures as text. Source: Prometheus, "Text-based format", version 0.0.4. */
public final class Exposition {
  /** The media type of {@link #text}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final ExecutionMetrics executions;
  private final ApiMetrics api;
  private final IntSupplier queueDepth;
  private final LongSupplier storeBytes;

  /**
   * Of these figures.
   *
   * @param queueDepth how many messages wait for a shard worker
   * @param storeBytes what the store takes
   */
  public Exposition(
      ExecutionMetrics executions,
      ApiMetrics api,
      IntSupplier queueDepth,
      LongSupplier storeBytes) {
    this.executions = executions;
    this.api = api;
    this.queueDepth = queueDepth;
    this.storeBytes = storeBytes;
  }

  /** The figures of this moment. */
  public String text() {
    var text = new StringBuilder(16_384);
    executions.write(text);
    api.write(text);
    head(text, "stepwise_queue_depth", "gauge", "Messages that wait for a shard worker");
    sample(text, "stepwise_queue_depth", "", queueDepth.getAsInt());
    head(text, "stepwise_store_bytes", "gauge", "Size of the store; 0 in memory");
    sample(text, "stepwise_store_bytes", "", storeBytes.getAsLong());
    jvm(text);
    return text.toString();
  }

  /** Under the names that every dashboard for the JVM knows. */
  private static void jvm(StringBuilder text) {
    var memory = ManagementFactory.getMemoryMXBean();
    head(text, "jvm_memory_used_bytes", "gauge", "Used memory of the JVM");
    sample(text, "jvm_memory_used_bytes", "area=\"heap\"", memory.getHeapMemoryUsage().getUsed());
    sample(
        text,
        "jvm_memory_used_bytes",
        "area=\"nonheap\"",
        memory.getNonHeapMemoryUsage().getUsed());
    head(text, "jvm_memory_max_bytes", "gauge", "Memory the JVM may use");
    sample(text, "jvm_memory_max_bytes", "area=\"heap\"", memory.getHeapMemoryUsage().getMax());
  }

  static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  static void sample(StringBuilder text, String name, String labels, long value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(value).append('\n');
  }
}
