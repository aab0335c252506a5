package io.stepwise.simulation;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Runs rounds of the simulation for some time, each from the next seed, until one fails.
 *
 * <pre>
 * simulate --seed=N --for=60s [--plant=FAULT]
 * </pre>
 */
public final class Main {
  private Main() {}

  /** Starts; the exit code is 0 where everything held, 1 where not, 2 for a wrong option. */
  public static void main(String[] args) {
    System.exit(run(args, System.out));
  }

  /** As {@link #main}, with the exit code as the result. */
  static int run(String[] args, PrintStream out) {
    // What is planted is logged thousands of times; what matters is a violation, which is printed.
    System.setProperty("stepwise.log.level", "off");
    var seed = System.nanoTime();
    var time = Duration.ofSeconds(60);
    var plant = Simulation.Fault.NONE;
    for (var arg : args) {
      try {
        if (arg.startsWith("--seed=")) {
          seed = Long.parseLong(arg.substring(7));
        } else if (arg.startsWith("--for=")) {
          time = Duration.parse("PT" + arg.substring(6));
        } else if (arg.startsWith("--plant=")) {
          plant = fault(arg.substring(8));
        } else {
          throw new IllegalArgumentException(arg);
        }
      } catch (RuntimeException e) {
        out.println("Expected --seed=N --for=60s [--plant=FAULT], but found " + arg + ".");
        out.println("FAULT is one of " + faults() + ".");
        return 2;
      }
    }
    return run(seed, time, plant, out);
  }

  private static Simulation.Fault fault(String option) {
    return Arrays.stream(Simulation.Fault.values())
        .filter(fault -> fault.option().equals(option))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(option));
  }

  private static String faults() {
    return Arrays.stream(Simulation.Fault.values())
        .filter(fault -> fault != Simulation.Fault.NONE)
        .map(Simulation.Fault::option)
        .collect(Collectors.joining(", "));
  }

  private static int run(long firstSeed, Duration time, Simulation.Fault fault, PrintStream out) {
    var until = System.nanoTime() + time.toNanos();
    var executions = 0L;
    var events = 0L;
    var crashes = 0L;
    var seed = firstSeed;
    out.println("seed " + firstSeed + ", for " + time.toSeconds() + " s");
    do {
      try {
        var result = new Simulation(seed, fault).run();
        executions += result.executions();
        events += result.events();
        crashes += result.crashes();
      } catch (AssertionError | RuntimeException e) {
        var option = fault == Simulation.Fault.NONE ? "" : " --plant=" + fault.option();
        out.println("FAILED, replay with: bin/simulate --seed=" + seed + " --for=1s" + option);
        out.println(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
        if (!(e instanceof AssertionError)) {
          e.printStackTrace(out);
        }
        return 1;
      }
      seed++;
    } while (System.nanoTime() < until);
    out.println(
        "ok: %d rounds, %d executions, %d events, %d crashes"
            .formatted(seed - firstSeed, executions, events, crashes));
    return 0;
  }
}
