package io.stepwise.server.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.Labels;
import io.stepwise.runtime.feed.Feed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All figures as text: Prometheus's own format, or OpenMetrics for who asks for it.
 *
 * <p>The library prints, so that no name of a function, machine or resource can be anything but the
 * value of a label.
 */
public final class Exposition {
  private final ExecutionMetrics executions;
  private final ApiMetrics api;
  private final Supplier<List<Feed.Figures>> feed;
  private final Gauges gauges;

  /** Tells what rises and falls, each by its name, what it is, and its value. */
  @FunctionalInterface
  public interface Gauges {
    /** Tells all of them. */
    void tell(Receiver receiver);

    /** Is told one of them. */
    interface Receiver {
      /** Takes one. */
      void gauge(String name, String help, Number value);
    }
  }

  /** Printed figures and what they are printed in. */
  public record Page(String contentType, byte[] body) {}

  /** Of these figures. */
  public Exposition(
      ExecutionMetrics executions,
      ApiMetrics api,
      Supplier<List<Feed.Figures>> feed,
      Gauges gauges) {
    this.executions = executions;
    this.api = api;
    this.feed = feed;
    this.gauges = gauges;
  }

  /**
   * The figures of this moment.
   *
   * @param accept the header of that name, or null
   */
  public Page page(@Nullable String accept) {
    ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
    ExpositionFormatWriter writer =
        accept != null && openMetrics.accepts(accept)
            ? openMetrics
            : PrometheusTextFormatWriter.create();
    return new Page(writer.getContentType(), print(writer, this::collect));
  }

  private void collect(Snapshots snapshots) {
    executions.addTo(snapshots);
    api.addTo(snapshots);
    addFeed(snapshots);
    gauges.tell(snapshots::gauge);
    ProcessMetrics.addTo(snapshots);
  }

  private void addFeed(Snapshots snapshots) {
    var consumers = feed.get();
    snapshots.gauge(
        "stepwise_feed_waiting",
        "Commits that a consumer of the feed has yet to hear of",
        points ->
            consumers.forEach(
                figures ->
                    points.add(Labels.of("consumer", figures.consumer()), figures.waiting())));
    snapshots.counter(
        "stepwise_feed_missed",
        "Decisions that a consumer of the feed was too slow to hear of",
        points ->
            consumers.forEach(
                figures ->
                    points.add(Labels.of("consumer", figures.consumer()), figures.missed())));
  }

  /** Prints what is collected. */
  static byte[] print(ExpositionFormatWriter writer, Consumer<Snapshots> collect) {
    var snapshots = new Snapshots();
    collect.accept(snapshots);
    var out = new ByteArrayOutputStream(65_536);
    try {
      writer.write(out, snapshots.build(), EscapingScheme.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
