package io.stepwise.simulation.program;

import java.util.List;

/** What programs compute: the whole of the reference that executions are compared with. */
public final class Reference {
  /** Sums are taken modulo this, because numbers of nested programs would grow too large. */
  static final int BOUND = 10_007;

  private Reference() {}

  /** The result of a program for {@code v}. */
  public static long run(List<Step> program, long v) {
    var value = v;
    for (var step : program) {
      value = run(step, value);
    }
    return value;
  }

  private static long run(Step step, long v) {
    return switch (step) {
      case Step.Add(var amount, var style) -> v + amount;
      case Step.Pause pause -> v;
      case Step.Choose(var bound, var below, var otherwise) ->
          run(v < bound ? below : otherwise, v);
      case Step.Call call -> v + (call.isHopeless() ? call.fallback() : call.amount());
      case Step.Both(var left, var right) -> (run(left, v) + run(right, v)) % BOUND;
      case Step.Broken broken -> v + broken.fallback();
      case Step.Each(var body, var mode, var concurrency) ->
          (run(body, v) + run(body, v + 1) + run(body, v + 2)) % BOUND;
      case Step.Nested(var machine, var program) -> run(program, v);
    };
  }
}
