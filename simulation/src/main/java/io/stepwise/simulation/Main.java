package io.stepwise.simulation;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Runs rounds of the simulation for some time, each from the next seed, until one fails.
 *
 * <pre>
 * simulate --seed=N --for=60s [--plant=reply-before-commit]
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
    var seed = System.nanoTime();
    var time = Duration.ofSeconds(60);
    var plant = "";
    for (var arg : args) {
      try {
        if (arg.startsWith("--seed=")) {
          seed = Long.parseLong(arg.substring(7));
        } else if (arg.startsWith("--for=")) {
          time = Duration.parse("PT" + arg.substring(6));
        } else if (arg.equals("--plant=reply-before-commit")) {
          plant = arg;
        } else {
          throw new IllegalArgumentException(arg);
        }
      } catch (RuntimeException e) {
        out.println(
            "Expected --seed=N --for=60s [--plant=reply-before-commit], but found " + arg + ".");
        return 2;
      }
    }
    return run(seed, time, plant, out);
  }

  private static int run(long firstSeed, Duration time, String plant, PrintStream out) {
    var fault = plant.isEmpty() ? Simulation.Fault.NONE : Simulation.Fault.REPLY_BEFORE_COMMIT;
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
        var option = plant.isEmpty() ? "" : " " + plant;
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
