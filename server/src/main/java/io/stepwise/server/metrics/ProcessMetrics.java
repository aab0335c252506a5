package io.stepwise.server.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.model.snapshots.Labels;
import io.stepwise.server.Version;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Figures of the process and its JVM, under the names that every dashboard knows. */
final class ProcessMetrics {
  private ProcessMetrics() {}

  static void addTo(Snapshots snapshots) {
    snapshots.gauge(
        "stepwise_build_info",
        "Which Stepwise this is",
        points ->
            points.add(
                Labels.of("version", Version.TEXT, "java", Runtime.version().toString()), 1));
    var runtime = ManagementFactory.getRuntimeMXBean();
    snapshots.gauge(
        "process_start_time_seconds",
        "When the process started, since 1970",
        runtime.getStartTime() / 1e3);
    snapshots.gauge(
        "process_uptime_seconds", "How long the process has been there", runtime.getUptime() / 1e3);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      snapshots.counter(
          "process_cpu_seconds",
          "Processor time of the process",
          points -> points.add(Labels.EMPTY, system.getProcessCpuTime() / 1e9));
      snapshots.gauge(
          "process_open_fds", "Files and sockets open", system.getOpenFileDescriptorCount());
      snapshots.gauge(
          "process_max_fds", "Files and sockets allowed", system.getMaxFileDescriptorCount());
    }
    var resident = residentBytes();
    if (resident > 0) {
      snapshots.gauge("process_resident_memory_bytes", "Memory held by the process", resident);
    }
    memory(snapshots);
    snapshots.gauge(
        "jvm_threads_current",
        "Threads of the JVM, virtual ones not counted",
        ManagementFactory.getThreadMXBean().getThreadCount());
    garbage(snapshots);
  }

  private static void memory(Snapshots snapshots) {
    var memory = ManagementFactory.getMemoryMXBean();
    snapshots.gauge(
        "jvm_memory_used_bytes",
        "Used memory of the JVM",
        points -> {
          points.add(Labels.of("area", "heap"), memory.getHeapMemoryUsage().getUsed());
          points.add(Labels.of("area", "nonheap"), memory.getNonHeapMemoryUsage().getUsed());
        });
    snapshots.gauge(
        "jvm_memory_max_bytes",
        "Memory the JVM may use",
        points -> points.add(Labels.of("area", "heap"), memory.getHeapMemoryUsage().getMax()));
  }

  private static void garbage(Snapshots snapshots) {
    var collectors = ManagementFactory.getGarbageCollectorMXBeans();
    snapshots.counter(
        "jvm_gc_collection_seconds",
        "Time taken by garbage collections",
        points ->
            collectors.forEach(
                gc -> points.add(Labels.of("gc", gc.getName()), gc.getCollectionTime() / 1e3)));
    snapshots.counter(
        "jvm_gc_collections",
        "Garbage collections",
        points ->
            collectors.forEach(
                gc -> points.add(Labels.of("gc", gc.getName()), gc.getCollectionCount())));
  }

  /** Where Linux tells. */
  private static long residentBytes() {
    try {
      var pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1];
      return Long.parseLong(pages) * 4_096;
    } catch (java.io.IOException | RuntimeException e) {
      return 0;
    }
  }
}
