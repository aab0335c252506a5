package io.stepwise.cli.run;

import io.stepwise.cli.terminal.Screen;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.history.HistoryWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Shows a run while it goes on, and remembers its history. The thread of the run calls it, and one
 * that is told to end the process.
 */
public final class RunObserver implements LocalRun.Observer, AutoCloseable {
  /** Between two drawings at least, so that a busy run is not slowed. Units: nanoseconds. */
  private static final long DRAWING_NANOS = 50_000_000;

  private final Terminal terminal;
  private final Mode mode;
  private final TreePainter painter;
  private final RunTree tree = new RunTree();
  private final HistoryLines lines;
  private final List<HistoryEvent> history = new ArrayList<>();
  private final @Nullable Screen screen;
  private @Nullable Execution execution;
  private int stateTransitions;
  private long drawnNanos;
  private boolean ended;

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
    this.lines = new HistoryLines(terminal, HistoryLines.Payloads.NONE);
    this.screen = mode == Mode.LIVE ? new Screen(terminal) : null;
    this.drawnNanos = System.nanoTime() - DRAWING_NANOS;
  }

  @Override
  public synchronized void decided(Execution decided, List<Event> events, long nowMillis) {
    if (execution == null) {
      execution = decided;
    }
    var own = new ArrayList<HistoryEvent>();
    for (var event : events) {
      count(event);
      if (decided == execution) {
        tree.apply(event, nowMillis);
        if (event instanceof HistoryEvent entry) {
          own.add(entry);
        }
      }
    }
    history.addAll(own);
    if (mode == Mode.LINES && !ended) {
      lines.add(trees(own)).forEach(terminal.out()::println);
      terminal.out().flush();
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

  @Override
  public synchronized void waiting(long nowMillis) {
    draw(nowMillis);
  }

  private void draw(long nowMillis) {
    var now = System.nanoTime();
    if (screen != null && !ended && now - drawnNanos >= DRAWING_NANOS) {
      screen.draw(painter.paint(tree, nowMillis));
      drawnNanos = now;
    }
  }

  /** Shows how it ended. */
  public synchronized void finish(long nowMillis) {
    if (!ended) {
      ended = true;
      if (screen != null) {
        screen.drawLast(painter.paint(tree, nowMillis));
      }
    }
  }

  /**
   * Shows how far it came, where it is not waited for any more; returns whether it had not ended.
   */
  public synchronized boolean interrupt(long nowMillis) {
    if (ended) {
      return false;
    }
    ended = true;
    if (screen != null) {
      screen.drawLast(painter.paintInterrupted(tree, nowMillis));
      // The thread of the run never comes to that: a terminal must not be left without a cursor.
      screen.close();
    }
    return true;
  }

  /** The history of the execution, without those of its children. */
  public synchronized List<HistoryEvent> history() {
    return List.copyOf(history);
  }

  /** The same as GetExecutionHistory shows it. */
  public List<JsonNode> historyTrees() {
    return trees(history());
  }

  private static List<JsonNode> trees(List<HistoryEvent> events) {
    return events.stream().map(HistoryWriter::tree).toList();
  }

  /** What AWS would bill a Standard execution for. */
  public int stateTransitions() {
    return stateTransitions;
  }

  @Override
  public synchronized void close() {
    ended = true;
    if (screen != null) {
      screen.close();
    }
  }
}
