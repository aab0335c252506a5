package io.stepwise.storage.execution;

import io.stepwise.aws.ExecutionArn;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.Backlog;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.FanOut;
import io.stepwise.engine.execution.FanOutPlan;
import io.stepwise.engine.execution.MapRunSnapshot;
import io.stepwise.engine.execution.Scope;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.expression.Payload;
import io.stepwise.storage.Storage;
import io.stepwise.storage.StorageFault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Reads executions, their histories and map runs. For everybody, on any thread. */
public final class ExecutionReader {
  private final Storage storage;
  private final LongFunction<StateMachineRevision> revisions;

  /** Of {@code storage}; {@code revisions} finds what executions are pinned to. */
  public ExecutionReader(Storage storage, LongFunction<StateMachineRevision> revisions) {
    this.storage = storage;
    this.revisions = revisions;
  }

  /** The execution of that ARN, if there is one. */
  public OptionalLong find(String arn) {
    return idAt(Keys.arn(arn));
  }

  /** The execution of that ARN, if there is one. */
  public OptionalLong find(ExecutionArn arn) {
    return idAt(Keys.arn(arn));
  }

  private OptionalLong idAt(byte[] key) {
    var value = storage.get(key);
    return value == null ? OptionalLong.empty() : OptionalLong.of(ByteBuffer.wrap(value).getLong());
  }

  /** Whether there is an execution of that id. */
  public boolean exists(long id) {
    return storage.get(Keys.execution(id)) != null;
  }

  /** An execution without its scopes, with input and output. */
  public Optional<Execution> describe(long id) {
    return read(id, payloads());
  }

  /** An execution without its scopes, and without input and output: for lists. */
  public Optional<Execution> summarize(long id) {
    return read(id, home -> Payload.NULL);
  }

  private Optional<Execution> read(long id, PayloadSource payloads) {
    var row = storage.get(Keys.execution(id));
    return row == null
        ? Optional.empty()
        : Optional.of(SnapshotCodec.decode(id, row, revisions, payloads));
  }

  /** A scope of an execution, without payloads. */
  public record Open(long executionId, Scope scope) {}

  /** Some scopes, and where to go on; the cursor is null where there are no more. */
  public record OpenScopes(List<Open> scopes, @Nullable String cursor) {}

  /**
   * Some of the scopes that are kept, without payloads: those of executions that run, and of those
   * that may be redriven.
   *
   * @param cursor of the page before, or null; one that nobody made begins at the start
   */
  public OpenScopes openScopes(@Nullable String cursor, int max) {
    var scopes = new ArrayList<Open>();
    var last = new byte[1][];
    var more = new boolean[1];
    storage.scan(
        cursor == null ? Keys.table('c') : afterCursor(cursor),
        Keys.after(Keys.table('c')),
        (key, value) -> {
          if (scopes.size() == max) {
            more[0] = true;
            return false;
          }
          last[0] = key;
          var id = Keys.executionOf(key);
          var scopeId = ByteBuffer.wrap(key).getInt(9);
          scopes.add(
              new Open(id, SnapshotCodec.decodeScope(id, scopeId, value, home -> Payload.NULL)));
          return true;
        });
    return new OpenScopes(scopes, more[0] ? HexFormat.of().formatHex(last[0]) : null);
  }

  private static byte[] afterCursor(String cursor) {
    var start = Keys.table('c');
    try {
      var key = HexFormat.of().parseHex(cursor);
      return key.length > 0 && key[0] == start[0] ? Arrays.copyOf(key, key.length + 1) : start;
    } catch (IllegalArgumentException e) {
      return start;
    }
  }

  /** An execution with all its scopes, ready to go on. */
  public Optional<Execution> load(long id) {
    var payloads = payloads();
    var found = read(id, payloads);
    if (found.isEmpty()) {
      return found;
    }
    var execution = found.get();
    history(
        id,
        execution.lastEventId(),
        true,
        event -> {
          execution.restoreLastEventMillis(event.timestampMillis());
          return false;
        });
    var prefix = Keys.key('c', id);
    storage.scan(
        prefix,
        Keys.after(prefix),
        (key, value) -> {
          var scopeId = ByteBuffer.wrap(key).getInt(9);
          execution.restoreScope(SnapshotCodec.decodeScope(id, scopeId, value, payloads));
          return true;
        });
    for (var scope : execution.scopes()) {
      var active = scope.active();
      if (active != null && active.fanOut() != null) {
        loadFanOut(execution, scope, active.fanOut());
      }
    }
    if (execution.status() != ExecutionStatus.SUCCEEDED) {
      storage.scan(
          Keys.key('p', id),
          Keys.after(Keys.key('p', id)),
          (key, value) -> {
            var row = ByteBuffer.wrap(key);
            execution.restorePayloadRow(row.getInt(17), row.getLong(9));
            return true;
          });
    }
    return found;
  }

  private void loadFanOut(Execution execution, Scope scope, FanOut fanOut) {
    var id = execution.header().id();
    if (fanOut.plan().kind() == FanOutPlan.Kind.MAP_RUN) {
      fanOut.backlog().storedAt(mapRunOf(id, scope.id()));
      var pending = ByteBuffer.allocate(13).put((byte) 'o').putLong(id).putInt(scope.id()).array();
      storage.scan(
          pending,
          Keys.after(pending),
          (key, value) -> {
            var index = Keys.pending(key).index();
            if (index >= 0) {
              fanOut.putRunning(index);
            }
            return true;
          });
    } else {
      var results = Keys.results(id, scope.id());
      storage.scan(
          results,
          Keys.after(results),
          (key, value) -> {
            fanOut.putResult(ByteBuffer.wrap(key).getInt(13), text(value));
            return true;
          });
      for (var child : execution.children(scope)) {
        fanOut.putRunning(child.index());
      }
    }
  }

  private static Payload text(byte[] value) {
    return Payload.ofTrustedText(new String(value, StandardCharsets.UTF_8));
  }

  /** What is stored of the map run of a scope. */
  public Backlog.Stored mapRunOf(long id, int scopeId) {
    return new Backlog.Stored() {
      @Override
      public Backlog.Page pageOf(int index) {
        var page = new Backlog.Page[1];
        storage.scanBackwards(
            Keys.page(id, scopeId, 0),
            Keys.page(id, scopeId, index + 1),
            (key, value) -> {
              page[0] = PageCodec.decode(ByteBuffer.wrap(key).getInt(13), value);
              return false;
            });
        if (page[0] == null || page[0].end() <= index) {
          throw new StorageFault(
              "SW-STORAGE-CORRUPT", "Expected the input of child " + index + " of " + id);
        }
        return page[0];
      }

      @Override
      public @Nullable Payload result(int index) {
        var row = storage.get(Keys.result(id, scopeId, index));
        return row == null ? null : text(row);
      }
    };
  }

  /**
   * Visits the events of an execution from one of them on, in order or backwards.
   *
   * @param fromEventId the first to visit
   */
  public void history(long id, long fromEventId, boolean backwards, EventVisitor visitor) {
    var payloads = payloads();
    var prefix = Keys.key('h', id);
    if (backwards) {
      storage.scanBackwards(
          prefix,
          Keys.history(id, fromEventId + 1),
          (key, value) -> {
            for (var event : events(id, key, value, payloads).reversed()) {
              if (event.id() <= fromEventId && !visitor.visit(event)) {
                return false;
              }
            }
            return true;
          });
      return;
    }
    var first = storage.lastKey(prefix, Keys.history(id, fromEventId + 1));
    storage.scan(
        first == null ? prefix : first,
        Keys.after(prefix),
        (key, value) -> {
          for (var event : events(id, key, value, payloads)) {
            if (event.id() >= fromEventId && !visitor.visit(event)) {
              return false;
            }
          }
          return true;
        });
  }

  private static List<HistoryEvent> events(
      long id, byte[] key, byte[] value, PayloadSource payloads) {
    return HistoryCodec.decode(id, ByteBuffer.wrap(key).getLong(9), value, payloads);
  }

  /** A map run by its ARN. */
  public Optional<MapRunSnapshot> mapRun(String arn) {
    var row = storage.get(Keys.mapRun(Keys.hash(arn)));
    return row == null ? Optional.empty() : Optional.of(MapRunCodec.decode(row));
  }

  /** Finds payloads in history rows and payload rows; each row is read once. */
  private PayloadSource payloads() {
    Map<Home, Payload> known = new HashMap<>();
    return home -> {
      var payload = known.get(home);
      if (payload == null) {
        readPayloads(home, known);
        payload = known.get(home);
      }
      if (payload == null) {
        throw new StorageFault("SW-STORAGE-CORRUPT", "Expected a payload at " + home);
      }
      return payload;
    };
  }

  private void readPayloads(Home home, Map<Home, Payload> known) {
    var id = home.executionId();
    if (home.chunk() > 0) {
      var row = storage.get(Keys.history(id, home.chunk()));
      if (row != null) {
        var table = HistoryCodec.decodeTable(id, home.chunk(), row);
        for (var i = 0; i < table.size(); i++) {
          known.put(new Home(id, home.chunk(), i), table.get(i));
        }
      }
    } else {
      var row = storage.get(Keys.payload(id, -home.chunk(), home.index()));
      if (row != null) {
        var payload = Payload.ofTrustedText(new String(row, StandardCharsets.UTF_8));
        payload.rememberHome(home);
        known.put(home, payload);
      }
    }
  }

  /** Receives events. */
  @FunctionalInterface
  public interface EventVisitor {
    /** Takes one event; returns whether to go on. */
    boolean visit(HistoryEvent event);
  }
}
