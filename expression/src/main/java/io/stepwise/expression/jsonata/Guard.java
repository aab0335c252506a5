package io.stepwise.expression.jsonata;

import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Utils.RangeList;
import io.stepwise.expression.MeteredText;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of one evaluation: nesting, work, time, and the memory of every intermediate value.
 *
 * <p>The memory model follows from what AWS lets pass: 12 bytes an array element that is a number
 * and 2 bytes a character in 10 MiB fit {@code [1..873782]} but not one more, and text of 2^22
 * characters but not of 2^23. Source: asl.md §4, measured.
 */
final class Guard {
  /** Units: bytes. The environment of an expression takes the rest of the 10 MiB. */
  static final long MEMORY_MAX = (10 << 20) - 370;

  /** Units: nested expressions. Limits: a sum of 200 terms fails, AWS. */
  private static final int DEPTH_MAX = 199;

  /** Units: evaluated expressions and characters looked at by regular expressions. */
  private static final long STEPS_MAX = 20_000_000;

  private static final long NANOS_MAX = 2_000_000_000L;

  private final IdentityHashMap<Object, Long> weights = new IdentityHashMap<>();
  private final long started = System.nanoTime();
  private int depth;
  private long steps;

  /** Watches everything evaluated in {@code frame}. */
  void watch(Frame frame) {
    frame.setEvaluateEntryCallback((_, _, _) -> enter());
    frame.setEvaluateExitCallback((_, _, _, result) -> leave(result));
  }

  private void enter() {
    if (++depth > DEPTH_MAX) {
      throw new ExceededException(stackOverflow(depth));
    }
    spend();
  }

  private void leave(@Nullable Object result) {
    depth--;
    if (result instanceof String || result instanceof List<?> || result instanceof Map<?, ?>) {
      if (!(result instanceof JsonView)) {
        require(weigh(result));
      }
    }
  }

  /** Pays for one unit of work. */
  void spend() {
    if (++steps > STEPS_MAX || (steps & 0xfff) == 0 && System.nanoTime() - started > NANOS_MAX) {
      throw new ExceededException("Expression evaluation timeout: Check for infinite loop");
    }
  }

  /** Fails when so much memory is too much. Units: bytes. */
  void require(long bytes) {
    if (bytes > MEMORY_MAX) {
      throw new ExceededException(
          "Expression evaluation memory limit exceeded: Check for excessive memory usage");
    }
  }

  /** The text of the failure of endless recursion. */
  static String stackOverflow(int depth) {
    return "Stack overflow error: Check for non-terminating recursive function.  Consider rewriting"
        + " as tail-recursive. Depth=%d max=%d".formatted(depth, DEPTH_MAX);
  }

  /** As above where the thread's own stack ended first. */
  static String stackOverflow() {
    return stackOverflow(DEPTH_MAX + 1);
  }

  /** A text whose every character looked at is paid for. */
  CharSequence metered(CharSequence text) {
    return new MeteredText(text, this::spend);
  }

  private long weigh(@Nullable Object value) {
    return switch (value) {
      case String text -> 2L * text.length();
      case Number _ -> 8;
      case JsonView view -> view.weight();
      case RangeList range -> 12L * range.size();
      case List<?> list -> weighOnce(list);
      case Map<?, ?> map -> weighOnce(map);
      case null, default -> 4;
    };
  }

  // A value that contains another twice counts it twice: it would be printed twice.
  private long weighOnce(Object container) {
    var known = weights.get(container);
    if (known != null) {
      return known;
    }
    var weight = 0L;
    if (container instanceof List<?> list) {
      for (var item : list) {
        weight = Math.min(weight + 4 + weigh(item), MEMORY_MAX + 1);
      }
    } else if (container instanceof Map<?, ?> map) {
      for (var entry : map.entrySet()) {
        weight += 4 + weigh(entry.getKey()) + weigh(entry.getValue());
        weight = Math.min(weight, MEMORY_MAX + 1);
      }
    }
    weights.put(container, weight);
    return weight;
  }

  /** A bound was exceeded; the message is AWS's. */
  static final class ExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExceededException(String message) {
      super(message, null, false, false);
    }
  }
}
