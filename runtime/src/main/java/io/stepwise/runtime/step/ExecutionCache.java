package io.stepwise.runtime.step;

import io.stepwise.engine.execution.Backlog;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.Scope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The executions a shard worker has at hand: those changed since the last commit, which storage
 * does not know yet, and the open ones used last.
 */
final class ExecutionCache {
  private final int openMax;
  private final long openBytesMax;
  private final LinkedHashMap<Long, Kept> open = new LinkedHashMap<>(256, 0.75f, true);
  private final MapRuns mapRuns;
  private long openBytes;
  private final Map<Long, Execution> uncommitted = new HashMap<>();
  private final Map<String, Execution> uncommittedByArn = new HashMap<>();
  private final Set<Long> removed = new HashSet<>();

  /** Where storage has map runs. */
  @FunctionalInterface
  interface MapRuns {
    /** What storage has of the map run of a scope. */
    Backlog.Stored of(long executionId, int scopeId);
  }

  /** An open execution and what it is taken to weigh. */
  private record Kept(Execution execution, long bytes) {}

  /**
   * An empty cache.
   *
   * @param openMax open executions kept at most
   * @param openBytesMax what they may weigh, by a rough estimate. Units: bytes
   * @param mapRuns what storage has of the map run of a scope
   */
  ExecutionCache(int openMax, long openBytesMax, MapRuns mapRuns) {
    this.openMax = openMax;
    this.mapRuns = mapRuns;
    this.openBytesMax = openBytesMax;
  }

  @Nullable Execution find(long id) {
    var changed = uncommitted.get(id);
    if (changed != null) {
      return changed;
    }
    var kept = open.get(id);
    return kept == null ? null : kept.execution();
  }

  /** An execution that was started since the last commit, by its ARN. */
  @Nullable Execution findUncommitted(String arn) {
    return uncommittedByArn.get(arn);
  }

  /** Whether it was changed since the last commit. */
  boolean isUncommitted(long id) {
    return uncommitted.containsKey(id);
  }

  /** Notes that an execution was changed, or started where {@code isNew}. */
  void changed(Execution execution, boolean isNew) {
    uncommitted.put(execution.header().id(), execution);
    if (isNew) {
      uncommittedByArn.put(execution.header().arn().text(), execution);
    }
  }

  /** Notes that an execution was read. */
  void loaded(Execution execution) {
    if (!execution.status().isClosed()) {
      keep(execution);
    }
  }

  /** Notes that all changes are in storage. */
  void committed() {
    for (var execution : uncommitted.values()) {
      if (execution.hasChangedMapRuns()) {
        execution.committed(scope -> mapRuns.of(execution.header().id(), scope));
      }
      if (execution.status().isClosed()) {
        drop(execution.header().id());
      } else {
        keep(execution);
      }
    }
    uncommitted.clear();
    uncommittedByArn.clear();
    removed.clear();
  }

  /** Notes that an execution is removed by the batch that is being collected. */
  void removed(long id) {
    drop(id);
    removed.add(id);
  }

  /** Whether storage still has an execution that will be gone with the next commit. */
  boolean isRemoved(long id) {
    return removed.contains(id);
  }

  /** Forgets an execution whose state in memory is not to be trusted. */
  void forget(long id) {
    drop(id);
    uncommitted.remove(id);
  }

  private void keep(Execution execution) {
    var id = execution.header().id();
    drop(id);
    var bytes = weigh(execution);
    open.put(id, new Kept(execution, bytes));
    openBytes += bytes;
    // The one just kept stays, however heavy: it is the one at work.
    while (open.size() > 1 && (open.size() > openMax || openBytes > openBytesMax)) {
      drop(open.firstEntry().getKey());
    }
  }

  private void drop(long id) {
    var kept = open.remove(id);
    if (kept != null) {
      openBytes -= kept.bytes();
    }
  }

  /** Looks at a few payloads only, so that the cost does not grow with the execution. */
  static long weigh(Execution execution) {
    var bytes = 2_048L + 1_024L * execution.scopes().size();
    bytes += 2L * execution.header().input().text().length();
    var root = execution.findScope(Scope.ROOT);
    if (root != null) {
      bytes += 2L * root.nextInput().text().length();
      var active = root.active();
      var fanOut = active == null ? null : active.fanOut();
      if (fanOut != null) {
        bytes += 4L * fanOut.plan().items().text().length();
      }
    }
    return bytes;
  }
}
