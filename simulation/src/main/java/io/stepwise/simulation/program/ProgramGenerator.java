package io.stepwise.simulation.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes programs from random numbers: every kind of step, nested up to a depth. */
public final class ProgramGenerator {
  private final SplittableRandom random;
  private final Map<String, List<Step>> machines;

  /** Nested steps call the programs of {@code machines}, which must be complete. */
  public ProgramGenerator(SplittableRandom random, Map<String, List<Step>> machines) {
    this.random = random;
    this.machines = machines;
  }

  /** A program of some steps. */
  public List<Step> program() {
    return sequence(3, 5, true);
  }

  private List<Step> sequence(int depth, int lengthMax, boolean durable) {
    var steps = new ArrayList<Step>();
    for (var count = 1 + random.nextInt(lengthMax); count > 0; count--) {
      steps.add(step(depth, durable));
    }
    return List.copyOf(steps);
  }

  private Step step(int depth, boolean durable) {
    return switch (random.nextInt(depth > 0 ? 12 : 6)) {
      case 0, 1 -> new Step.Add(amount(), oneOf(Step.Style.values()));
      case 2 -> new Step.Pause(random.nextInt(durable ? 100 : 3));
      case 3, 4, 5 -> call(durable);
      case 6 -> new Step.Choose(amount(), below(depth, durable), below(depth, durable));
      case 7, 8 -> new Step.Both(below(depth, durable), below(depth, durable));
      case 9 ->
          new Step.Broken(
              below(depth, durable),
              random.nextBoolean(),
              durable && random.nextBoolean(),
              amount());
      case 10 -> each(depth, durable);
      default -> nested(durable);
    };
  }

  private List<Step> below(int depth, boolean durable) {
    return sequence(depth - 1, 2, durable);
  }

  private Step call(boolean durable) {
    var kind =
        durable
            ? oneOf(Step.Kind.values())
            : random.nextBoolean() ? Step.Kind.LAMBDA : Step.Kind.SERVICE;
    var failures = random.nextInt(3) > 0 ? 0 : random.nextInt(Step.Call.RETRIES + 2);
    var silent = durable && random.nextInt(12) == 0;
    return new Step.Call(kind, amount(), silent ? 0 : failures, silent, amount());
  }

  private Step each(int depth, boolean durable) {
    var mode = durable ? oneOf(Step.Mode.values()) : Step.Mode.INLINE;
    return new Step.Each(
        below(depth, durable && mode != Step.Mode.EXPRESS), mode, random.nextInt(3));
  }

  private Step nested(boolean durable) {
    if (!durable || machines.isEmpty()) {
      return call(durable);
    }
    var names = List.copyOf(machines.keySet());
    var name = names.get(random.nextInt(names.size()));
    var program = machines.get(name);
    return program == null ? call(true) : new Step.Nested(name, program);
  }

  private int amount() {
    return random.nextInt(10);
  }

  private <E> E oneOf(E[] values) {
    return values[random.nextInt(values.length)];
  }
}
