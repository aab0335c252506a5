package io.stepwise.runtime;

import io.stepwise.engine.execution.Execution;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The executions a shard worker has at hand: those changed since the last commit, which storage
 * does not know yet, and the open ones used last.
 */
final class ExecutionCache {
  private final int openMax;
  private final LinkedHashMap<Long, Execution> open = new LinkedHashMap<>(256, 0.75f, true);
  private final Map<Long, Execution> uncommitted = new HashMap<>();
  private final Map<String, Execution> uncommittedByArn = new HashMap<>();

  ExecutionCache(int openMax) {
    this.openMax = openMax;
  }

  @Nullable Execution find(long id) {
    var changed = uncommitted.get(id);
    return changed != null ? changed : open.get(id);
  }

  /** An execution that was started since the last commit, by its ARN. */
  @Nullable Execution findUncommitted(String arn) {
    return uncommittedByArn.get(arn);
  }

  /** Notes that an execution was changed, or started where {@code isNew}. */
  void changed(Execution execution, boolean isNew) {
    uncommitted.put(execution.header().id(), execution);
    if (isNew) {
      uncommittedByArn.put(execution.header().arn(), execution);
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
      if (execution.status().isClosed()) {
        open.remove(execution.header().id());
      } else {
        keep(execution);
      }
    }
    uncommitted.clear();
    uncommittedByArn.clear();
  }

  /** Forgets an execution whose state in memory is not to be trusted. */
  void forget(long id) {
    open.remove(id);
    uncommitted.remove(id);
  }

  private void keep(Execution execution) {
    open.put(execution.header().id(), execution);
    if (open.size() > openMax) {
      var eldest = open.entrySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }
}
