package io.stepwise.cli.run;

import io.stepwise.cli.run.StateNode.Phase;
import io.stepwise.cli.run.StateNode.ScopeNode;
import io.stepwise.cli.terminal.Colour;
import io.stepwise.cli.terminal.DisplayText;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.execution.FanOutPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Draws a tree of states.
 *
 * <pre>
 * ✔ OrderFlow  SUCCEEDED  3.2s
 * ├─ ✔ Check     Choice    0ms
 * ├─ ✔ Prepare   Parallel  2.1s
 * │  ├─ 0 ─ ✔ Reserve   Map  12ms  ████████████ 12/12
 * │  └─ 1 ─ ✔ Charge    Task  2.1s  attempt 3
 * └─ ✔ Ship      Task      1.1s
 * </pre>
 */
final class TreePainter {
  private static final int BAR_WIDTH = 20;

  /** Iterations with a line of their own at most. */
  private static final int ITERATIONS_MAX = 4;

  private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

  private final Terminal terminal;
  private final String title;

  TreePainter(Terminal terminal, String title) {
    this.terminal = terminal;
    this.title = title;
  }

  /** The tree as it is at a moment. Units: milliseconds since 1970. */
  List<String> paint(RunTree tree, long nowMillis) {
    return paint(tree, nowMillis, false);
  }

  /** As {@link #paint(RunTree, long)}, of a run that nobody waits for any more. */
  List<String> paintInterrupted(RunTree tree, long nowMillis) {
    return paint(tree, nowMillis, true);
  }

  private List<String> paint(RunTree tree, long nowMillis, boolean interrupted) {
    var lines = new ArrayList<String>();
    lines.add(interrupted && tree.end() == null ? stopped(tree, nowMillis) : head(tree, nowMillis));
    states(tree.root(), "", nowMillis, lines);
    return lines;
  }

  private String stopped(RunTree tree, long nowMillis) {
    return terminal.paint(Colour.YELLOW, "■")
        + " "
        + terminal.paint(Colour.BOLD, title)
        + "  "
        + terminal.paint(Colour.YELLOW, "INTERRUPTED")
        + "  "
        + Durations.text(tree.elapsed(nowMillis));
  }

  private String head(RunTree tree, long nowMillis) {
    var end = tree.end();
    var time = "  " + Durations.text(tree.elapsed(nowMillis));
    if (end == null) {
      return spinner(nowMillis)
          + " "
          + terminal.paint(Colour.BOLD, title)
          + "  "
          + terminal.paint(Colour.BLUE, "RUNNING")
          + time;
    }
    var succeeded = end == EventType.ExecutionSucceeded;
    var colour = succeeded ? Colour.GREEN : Colour.RED;
    return terminal.paint(colour, succeeded ? "✔" : "✘")
        + " "
        + terminal.paint(Colour.BOLD, title)
        + "  "
        + terminal.paint(colour, status(end))
        + time;
  }

  private static String status(EventType end) {
    return switch (end) {
      case ExecutionSucceeded -> "SUCCEEDED";
      case ExecutionTimedOut -> "TIMED_OUT";
      case ExecutionAborted -> "ABORTED";
      default -> "FAILED";
    };
  }

  private void states(ScopeNode scope, String margin, long nowMillis, List<String> lines) {
    var states = scope.states();
    var nameWidth = 0;
    var typeWidth = 0;
    for (var state : states) {
      nameWidth = Math.max(nameWidth, DisplayText.width(state.shownName));
      typeWidth = Math.max(typeWidth, state.type.length());
    }
    for (var i = 0; i < states.size(); i++) {
      var state = states.get(i);
      var last = i + 1 == states.size();
      var columns = DisplayText.padded(state.shownName, nameWidth) + "  ";
      var type = ("%-" + typeWidth + "s  ").formatted(state.type);
      lines.add(
          dim(margin + (last ? "└─ " : "├─ "))
              + mark(state, nowMillis)
              + " "
              + columns
              + dim(type)
              + details(state, nowMillis));
      below(state, margin + (last ? "   " : "│  "), nowMillis, lines);
    }
  }

  /** Branches always; of iterations those that run or failed, up to a few. */
  private void below(StateNode state, String margin, long nowMillis, List<String> lines) {
    var scopes = new ArrayList<>(state.scopes.values());
    var iterations = state.fanOut == FanOutPlan.Kind.MAP;
    scopes.removeIf(scope -> scope.current == null);
    if (iterations) {
      // What failed is what one looks for; it must not be among those left out.
      scopes.sort(Comparator.comparing(scope -> !hasFailed(scope)));
    }
    // A line that says "one more" is as long as the one more.
    var fit = scopes.size() <= ITERATIONS_MAX + 1 ? scopes.size() : ITERATIONS_MAX;
    var shown = iterations ? fit : scopes.size();
    for (var i = 0; i < shown; i++) {
      var last = i + 1 == shown && shown == scopes.size();
      var scope = scopes.get(i);
      var word = (iterations ? "item " : "branch ") + scope.index;
      lines.add(dim(margin + (last ? "└─ " : "├─ ") + word));
      states(scope, margin + (last ? "   " : "│  "), nowMillis, lines);
    }
    if (shown < scopes.size()) {
      lines.add(dim(margin + "└─ … and " + (scopes.size() - shown) + " more items"));
    }
  }

  private static boolean hasFailed(ScopeNode scope) {
    var last = scope.current;
    return last != null && last.phase == Phase.FAILED;
  }

  private String mark(StateNode state, long nowMillis) {
    return switch (state.phase) {
      case RUNNING -> spinner(nowMillis);
      case SUCCEEDED -> terminal.paint(Colour.GREEN, "✔");
      case FAILED -> terminal.paint(Colour.RED, "✘");
      case ABORTED -> dim("⊘");
    };
  }

  private String spinner(long nowMillis) {
    var frame = (int) (nowMillis / 100 % SPINNER.length());
    return terminal.paint(Colour.BLUE, SPINNER.substring(frame, frame + 1));
  }

  private String details(StateNode state, long nowMillis) {
    var text = new StringBuilder("%7s".formatted(Durations.text(state.elapsed(nowMillis))));
    if (state.fanOut == FanOutPlan.Kind.MAP || state.fanOut == FanOutPlan.Kind.MAP_RUN) {
      text.append("  ").append(bar(state));
    }
    if (state.visits > 1) {
      text.append("  ").append(dim("×" + state.visits));
    }
    if (state.attempts > 1) {
      text.append("  ").append(terminal.paint(Colour.YELLOW, "attempt " + state.attempts));
    }
    var error = state.error;
    if (error != null) {
      var colour = state.phase == Phase.RUNNING ? Colour.YELLOW : Colour.RED;
      text.append("  ").append(terminal.paint(colour, DisplayText.escaped(error)));
    }
    return text.toString();
  }

  private String bar(StateNode state) {
    var ended = state.succeeded + state.failed;
    var good = state.total == 0 ? BAR_WIDTH : state.succeeded * BAR_WIDTH / state.total;
    var all = state.total == 0 ? BAR_WIDTH : ended * BAR_WIDTH / state.total;
    var failed =
        state.failed == 0 ? "" : terminal.paint(Colour.RED, "  " + state.failed + " failed");
    return terminal.paint(Colour.GREEN, "█".repeat(good))
        + terminal.paint(Colour.RED, "█".repeat(all - good))
        + dim("░".repeat(BAR_WIDTH - all))
        + " "
        + ended
        + "/"
        + state.total
        + failed;
  }

  private String dim(String text) {
    return terminal.paint(Colour.DIM, text);
  }
}
