package io.stepwise.functions;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that leads a group and a session of its own, so that it can be ended with all it has
 * started. What left the group is found by a mark that every child inherits.
 */
final class ProcessGroup {
  /** The variable by which the processes of one environment are told from all others. */
  static final String MARK = "STEPWISE_ENVIRONMENT";

  private static final Logger LOG = LoggerFactory.getLogger(ProcessGroup.class);
  private static final int SIGKILL = 9;

  /** How long what was killed may take to be gone. */
  private static final long KILL_NANOS_MAX = 10_000_000_000L;

  private static final long LOOK_AGAIN_NANOS = 1_000_000;
  private static final int SIGTERM = 15;

  /** Native access is allowed to all of a server's code: its store needs it too. */
  @SuppressWarnings("restricted")
  private static final MethodHandle KILL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private ProcessGroup() {}

  /** The command that runs another as leader of a group, which ends with this process. */
  static List<String> leading(List<String> command) {
    var all = new ArrayList<String>();
    for (var tool : List.of("setsid", "setpriv")) {
      var found = Interpreters.onPath(tool);
      if (found.isPresent()) {
        all.add(found.get().toString());
        if (tool.equals("setpriv")) {
          all.addAll(List.of("--pdeathsig", "KILL", "--"));
        }
      }
    }
    all.addAll(command);
    return all;
  }

  /** Asks a group to end. */
  static void terminate(long leader) {
    signal(leader, SIGTERM);
  }

  /**
   * Ends a group, and what left it but bears the mark; returns once nothing of it is there. What
   * was starting another process meanwhile is found by looking again.
   */
  static void kill(long leader, String mark) {
    signal(leader, SIGKILL);
    var until = System.nanoTime() + KILL_NANOS_MAX;
    for (var left = marked(mark); !left.isEmpty(); left = marked(mark)) {
      left.forEach(pid -> signalOne(pid, SIGKILL));
      if (System.nanoTime() > until) {
        LOG.warn("Expected processes {} of a function to be gone, but they are not", left);
        return;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  private static void signal(long leader, int signal) {
    if (leader > 1) {
      signalOne(-leader, signal);
    }
  }

  private static void signalOne(long pid, int signal) {
    try {
      var unused = (int) KILL.invokeExact((int) pid, signal);
    } catch (Throwable e) {
      LOG.error("Expected to send signal {} to {}, but failed", signal, pid, e);
    }
  }

  /** Processes that have the mark in their environment, where the system tells. */
  private static List<Long> marked(String mark) {
    var sought = MARK + "=" + mark;
    var found = new ArrayList<Long>();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var process : processes) {
        if (isMarked(process, sought)) {
          found.add(Long.parseLong(process.getFileName().toString()));
        }
      }
    } catch (IOException e) {
      LOG.debug("Expected to look through the processes", e);
    }
    return found;
  }

  private static boolean isMarked(Path process, String sought) {
    try {
      var environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
      return ("\0" + environment).contains("\0" + sought + "\0");
    } catch (IOException e) {
      return false; // over since, or somebody else's
    }
  }

  /** Largest amount of memory a process has had. Units: megabytes; 0 where nobody tells. */
  static long peakMegabytes(long pid) {
    try {
      for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException e) {
      LOG.debug("Expected to see the memory of process {}", pid, e);
    }
    return 0;
  }
}
