package io.stepwise.benchmarks;

import com.sun.management.ThreadMXBean;
import io.stepwise.expression.Moment;
import io.stepwise.jsonata.Budget;
import io.stepwise.jsonata.Jsonata;
import io.stepwise.jsonata.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSONata: ours beside the library it replaced and beside the reference implementation under Node,
 * in one run. Every baseline gets its input in the form it likes best.
 */
final class Expressions {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Budget BUDGET = new Budget(Long.MAX_VALUE, 199, 1L << 32, Long.MAX_VALUE);

  private final Path folder;
  private final int millis;

  Expressions(Path folder, int millis) {
    this.folder = folder;
    this.millis = millis;
  }

  private interface Work {
    void run() throws Exception;
  }

  void run() throws Exception {
    var bench = JSON.readTree(resource("expressions.json"));
    var reference = reference();
    System.out.printf(
        Locale.ROOT,
        "%6s %-14s %12s %12s %12s %8s %8s %12s%n",
        "items",
        "us",
        "ours",
        "dashjoin",
        "reference",
        "/dash",
        "/ref",
        "ours, bytes");
    var ratios = new ArrayList<Double>();
    for (var size : bench.get("sizes")) {
      var input = orders(size.intValue());
      var converted = JSON.treeToValue(input, Object.class);
      for (var entry : bench.get("expressions").properties()) {
        var text = entry.getValue().stringValue();
        var ours = Jsonata.compile(text);
        var moment = new Moment(Instant.EPOCH, 1);
        Work evaluation = () -> ours.evaluate(input, Variables.NONE, BUDGET, moment);
        var own = time(evaluation);
        var theirs = com.dashjoin.jsonata.Jsonata.jsonata(text);
        var other = time(() -> theirs.evaluate(converted));
        var node = reference.get(size.intValue() + "\t" + entry.getKey());
        ratios.add(other / own);
        System.out.printf(
            Locale.ROOT,
            "%6d %-14s %12.2f %12.2f %12s %8.1f %8s %12d%n",
            size.intValue(),
            entry.getKey(),
            own,
            other,
            node == null ? "-" : "%.2f".formatted(node),
            other / own,
            node == null ? "-" : "%.1f".formatted(node / own),
            allocated(evaluation));
      }
    }
    System.out.printf(Locale.ROOT, "evaluation: median %.1f times dashjoin%n", median(ratios));
    compilation(bench.get("expressions"));
  }

  private void compilation(JsonNode expressions) throws Exception {
    var ratios = new ArrayList<Double>();
    for (var entry : expressions.properties()) {
      var text = entry.getValue().stringValue();
      var own = time(() -> Jsonata.compile(text));
      var other = time(() -> com.dashjoin.jsonata.Jsonata.jsonata(text));
      ratios.add(other / own);
      System.out.printf(
          Locale.ROOT,
          "compile %-14s %9.2f us, dashjoin %9.2f us, %.1f%n",
          entry.getKey(),
          own,
          other,
          other / own);
    }
    System.out.printf(Locale.ROOT, "compilation: median %.1f times dashjoin%n", median(ratios));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  /** Microseconds of one run, after as long a warm-up; not a number for what fails. */
  private double time(Work work) {
    try {
      repeat(work);
      return repeat(work);
    } catch (Exception e) {
      return Double.NaN;
    }
  }

  private double repeat(Work work) throws Exception {
    var start = System.nanoTime();
    var count = 0L;
    var elapsed = 0L;
    do {
      work.run();
      count++;
      elapsed = System.nanoTime() - start;
    } while (elapsed < millis * 1_000_000L);
    return elapsed / 1000.0 / count;
  }

  private static long allocated(Work work) throws Exception {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var before = threads.getCurrentThreadAllocatedBytes();
    for (var i = 0; i < 10; i++) {
      work.run();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / 10;
  }

  /** The input that expressions.json describes. */
  private static JsonNode orders(int items) {
    var orders = JSON.createObjectNode();
    var customer = orders.putObject("customer").put("name", "Ada").put("tier", "GOLD");
    customer.putObject("address").put("city", "Paris").put("zip", "75001");
    var list = orders.putArray("items");
    for (var i = 0; i < items; i++) {
      var item = list.addObject().put("sku", "A-" + i).put("name", "Item " + i);
      item.put("price", i % 97 + 0.25).put("qty", i % 7 + 1);
      item.put("status", i % 3 == 0 ? "OPEN" : "DONE");
      item.put("at", "2026-01-%02dT08:00:00Z".formatted(i % 28 + 1));
      item.putArray("tags").add("t" + i % 5).add("t" + i % 11);
    }
    return orders;
  }

  /** What the reference implementation takes; empty where Node or npm is not at hand. */
  private Map<String, Double> reference() throws IOException, InterruptedException {
    var times = new HashMap<String, Double>();
    Files.write(folder.resolve("expressions.json"), resource("expressions.json"));
    Files.write(folder.resolve("expressions.js"), resource("expressions.js"));
    try {
      var install =
          new ProcessBuilder("npm", "install", "--silent", "--no-save", "jsonata@2.0.6")
              .directory(folder.toFile())
              .inheritIO()
              .start();
      if (!install.waitFor(60, TimeUnit.SECONDS) || install.exitValue() != 0) {
        return times;
      }
      var process =
          new ProcessBuilder("node", "expressions.js", "expressions.json", "" + millis, "" + millis)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      for (var line : process.inputReader(StandardCharsets.UTF_8).lines().toList()) {
        var tab = line.lastIndexOf('\t');
        times.put(line.substring(0, tab), Double.valueOf(line.substring(tab + 1)));
      }
    } catch (IOException e) {
      System.err.println("No reference: " + e.getMessage());
    }
    return times;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = Expressions.class.getResourceAsStream("/" + name)) {
      return Objects.requireNonNull(stream).readAllBytes();
    }
  }
}
