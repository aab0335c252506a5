package io.stepwise.runtime.step;

import io.stepwise.runtime.feed.FeedSink;
import io.stepwise.runtime.port.DecisionListener;
import io.stepwise.runtime.port.DecisionProbe;

/**
 * Who hears of what a step has committed.
 *
 * @param listener hears of every decision
 * @param probe sees what was written, to check it
 * @param feed is given the rows of the feed
 */
public record Audience(DecisionListener listener, DecisionProbe probe, FeedSink feed) {
  /** Nobody. */
  public static final Audience NONE = of(DecisionListener.NONE);

  /** A listener alone. */
  public static Audience of(DecisionListener listener) {
    return new Audience(listener, DecisionProbe.NONE, FeedSink.NONE);
  }
}
