package io.stepwise.fuzzing;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a run did, by operation. For all threads. */
final class Figures {
  private final Map<String, Line> lines = new ConcurrentSkipListMap<>();

  private record Line(LongAdder asked, LongAdder accepted, AtomicLong slowestMillis) {}

  /** Counts an answer. */
  void count(String operation, Answer answer) {
    var line =
        lines.computeIfAbsent(
            operation, name -> new Line(new LongAdder(), new LongAdder(), new AtomicLong()));
    line.asked.increment();
    if (answer.status() == 200) {
      line.accepted.increment();
    }
    line.slowestMillis.accumulateAndGet(answer.time().toMillis(), Math::max);
  }

  /** All requests. */
  long requests() {
    return lines.values().stream().mapToLong(line -> line.asked.sum()).sum();
  }

  /** The longest that an answer took, in milliseconds. */
  long slowestMillis() {
    return lines.values().stream().mapToLong(line -> line.slowestMillis.get()).max().orElse(0);
  }

  /** How many operations were asked. */
  int operations() {
    return lines.size();
  }

  /** A table. */
  String told() {
    var table =
        new StringBuilder("%-34s %9s %9s %8s%n".formatted("", "asked", "accepted", "slowest"));
    lines.forEach(
        (name, line) ->
            table.append(
                "%-34s %9d %9d %5d ms%n"
                    .formatted(
                        name, line.asked.sum(), line.accepted.sum(), line.slowestMillis.get())));
    return table.toString();
  }
}
