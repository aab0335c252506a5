package io.stepwise.api.operation;

import io.stepwise.api.ApiError.InvalidToken;
import io.stepwise.api.ApiError.ResourceNotFound;
import io.stepwise.api.Arns;
import io.stepwise.api.Backend;
import io.stepwise.api.Outputs;
import io.stepwise.engine.execution.MapRunSnapshot;
import io.stepwise.storage.Keys;
import io.stepwise.storage.StorageFault;
import io.stepwise.storage.codec.MapRunCodec;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.databind.node.ObjectNode;

/** What the operations on map runs share. */
final class MapRuns {
  private static final int HASH_LENGTH = 16;

  private MapRuns() {}

  /** A map run. Errors: InvalidArn, ResourceNotFound. */
  static MapRunSnapshot find(Backend backend, String arn) {
    Arns.mapRun(arn);
    return backend.store().mapRun(arn).orElseThrow(() -> ResourceNotFound.of(arn).toException());
  }

  /** The map run of a list entry. */
  static MapRunSnapshot listed(Backend backend, byte[] key) {
    var hash = Arrays.copyOfRange(key, key.length - HASH_LENGTH, key.length);
    var row = backend.storage().get(Keys.mapRun(hash));
    if (row == null) {
      throw new StorageFault("SW-STORAGE-CORRUPT", "Expected a map run behind its list entry");
    }
    return MapRunCodec.decode(row);
  }

  static void put(ObjectNode item, MapRunSnapshot run) {
    var machine = Arns.mapRun(run.arn()).stateMachine();
    item.put("executionArn", run.executionArn());
    item.put("mapRunArn", run.arn());
    item.put("stateMachineArn", machine.text());
    Outputs.putTime(item, "startDate", run.startMillis());
    if (run.status().isClosed()) {
      Outputs.putTime(item, "stopDate", run.stopMillis());
    }
  }

  static void put(ObjectNode node, MapRunSnapshot.Counts counts, MapRunSnapshot run) {
    node.put("pending", counts.pending());
    node.put("running", counts.running());
    node.put("succeeded", counts.succeeded());
    node.put("failed", counts.failed());
    node.put("timedOut", counts.timedOut());
    node.put("aborted", counts.aborted());
    node.put("total", counts.total());
    node.put("resultsWritten", run.status().isClosed() ? counts.succeeded() : 0);
    if (run.redriveCount() > 0) {
      node.put("pendingRedrive", counts.pendingRedrive());
    }
  }

  static String cursor(byte[] key) {
    return HexFormat.of().formatHex(key);
  }

  /** The first key after that of a cursor. */
  static byte[] after(String cursor) {
    try {
      var key = HexFormat.of().parseHex(cursor);
      return Arrays.copyOf(key, key.length + 1);
    } catch (IllegalArgumentException e) {
      throw new InvalidToken().toException();
    }
  }
}
