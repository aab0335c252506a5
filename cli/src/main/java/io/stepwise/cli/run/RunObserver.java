package io.stepwise.cli.run;

import io.stepwise.cli.terminal.Screen;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.Execution;
import io.stepwise.runtime.LocalRun;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows a run while it goes on, and remembers its history. */
public final class RunObserver implements LocalRun.Observer, AutoCloseable {
  /** Between two drawings at least, so that a busy run is not slowed. Units: nanoseconds. */
  private static final long DRAWING_NANOS = 50_000_000;

  private final Terminal terminal;
  private final Mode mode;
  private final TreePainter painter;
  private final RunTree tree = new RunTree();
  private final List<HistoryEvent> history = new ArrayList<>();
  private final @Nullable Screen screen;
  private @Nullable Execution execution;
  private int stateTransitions;
  private long drawnNanos;

  /** What is shown meanwhile. */
  public enum Mode {
    /** A tree, drawn again and again. */
    LIVE,
    /** A line for each event. */
    LINES,
    /** Nothing. */
    QUIET
  }

  /** An observer of a run of the state machine named {@code title}. */
  public RunObserver(Terminal terminal, Mode mode, String title) {
    this.terminal = terminal;
    this.mode = mode;
    this.painter = new TreePainter(terminal, title);
    this.screen = mode == Mode.LIVE ? new Screen(terminal) : null;
    this.drawnNanos = System.nanoTime() - DRAWING_NANOS;
  }

  @Override
  public void decided(Execution decided, List<Event> events, long nowMillis) {
    if (execution == null) {
      execution = decided;
    }
    for (var event : events) {
      count(event);
      if (decided == execution) {
        apply(event, nowMillis);
      }
    }
    draw(nowMillis);
  }

  /** Retries are transitions too, and so are those of child executions. */
  private void count(Event event) {
    if (event instanceof Progress.RetryDecided
        || event instanceof HistoryEvent history
            && history.type().name().endsWith("StateEntered")) {
      stateTransitions++;
    }
  }

  private void apply(Event event, long nowMillis) {
    tree.apply(event, nowMillis);
    if (event instanceof HistoryEvent entry) {
      history.add(entry);
      if (mode == Mode.LINES) {
        terminal.out().println(EventLine.of(entry, tree.startMillis()));
        terminal.out().flush();
      }
    }
  }

  @Override
  public void waiting(long nowMillis) {
    draw(nowMillis);
  }

  private void draw(long nowMillis) {
    var now = System.nanoTime();
    if (screen != null && now - drawnNanos >= DRAWING_NANOS) {
      screen.draw(painter.paint(tree, nowMillis));
      drawnNanos = now;
    }
  }

  /** Shows how it ended. */
  public void finish(long nowMillis) {
    if (screen != null) {
      screen.drawLast(painter.paint(tree, nowMillis));
    }
  }

  /** The history of the execution, without those of its children. */
  public List<HistoryEvent> history() {
    return List.copyOf(history);
  }

  /** When the execution started. Units: milliseconds since 1970. */
  public long startMillis() {
    return tree.startMillis();
  }

  /** What AWS would bill a Standard execution for. */
  public int stateTransitions() {
    return stateTransitions;
  }

  @Override
  public void close() {
    if (screen != null) {
      screen.close();
    }
  }
}
