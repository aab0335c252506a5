package io.stepwise.storage.execution;

import io.stepwise.engine.execution.MapRunSnapshot;
import io.stepwise.storage.RowReader;
import io.stepwise.storage.RowWriter;
import io.stepwise.storage.StorageFault;

/** The binary form of a map run. */
final class MapRunCodec {
  private static final int VERSION = 1;

  private MapRunCodec() {}

  /** Encodes a map run. */
  public static byte[] encode(MapRunSnapshot mapRun) {
    var out = new RowWriter();
    out.writeByte(VERSION);
    out.writeText(mapRun.arn());
    out.writeText(mapRun.executionArn());
    out.writeText(mapRun.stateMachineArn());
    out.writeByte(Codes.STATUSES.of(mapRun.status()));
    out.writeUnsigned(mapRun.startMillis());
    out.writeUnsigned(mapRun.stopMillis());
    out.writeUnsigned(mapRun.maxConcurrency());
    out.writeUnsigned(mapRun.toleratedFailureCount());
    out.writeDouble(mapRun.toleratedFailurePercentage());
    write(mapRun.executions(), out);
    write(mapRun.items(), out);
    // At the end, and only where there was one: rows of all other map runs do without.
    if (mapRun.redriveCount() > 0) {
      out.writeUnsigned(mapRun.redriveCount());
      out.writeUnsigned(mapRun.redriveMillis());
      out.writeUnsigned(mapRun.executions().pendingRedrive());
      out.writeUnsigned(mapRun.items().pendingRedrive());
    }
    return out.toBytes();
  }

  /** Decodes a map run. */
  public static MapRunSnapshot decode(byte[] bytes) {
    var in = new RowReader(bytes);
    var version = in.readByte();
    if (version != VERSION) {
      throw new StorageFault(
          "SW-STORAGE-FORMAT", "Expected a map run row of version 1, found " + version);
    }
    var arn = in.readText();
    var executionArn = in.readText();
    var stateMachineArn = in.readText();
    var status = Codes.STATUSES.value(in.readByte());
    var startMillis = in.readUnsigned();
    var stopMillis = in.readUnsigned();
    var maxConcurrency = in.readInt();
    var toleratedFailureCount = in.readUnsigned();
    var toleratedFailurePercentage = in.readDouble();
    var executions = readCounts(in);
    var items = readCounts(in);
    var redriven = in.hasMore();
    var redriveCount = redriven ? in.readInt() : 0;
    var redriveMillis = redriven ? in.readUnsigned() : 0;
    return new MapRunSnapshot(
        arn,
        executionArn,
        stateMachineArn,
        status,
        startMillis,
        stopMillis,
        maxConcurrency,
        toleratedFailureCount,
        toleratedFailurePercentage,
        redriveCount,
        redriveMillis,
        redriven ? executions.withPendingRedrive(in.readUnsigned()) : executions,
        redriven ? items.withPendingRedrive(in.readUnsigned()) : items);
  }

  private static void write(MapRunSnapshot.Counts counts, RowWriter out) {
    out.writeUnsigned(counts.total());
    out.writeUnsigned(counts.pending());
    out.writeUnsigned(counts.running());
    out.writeUnsigned(counts.succeeded());
    out.writeUnsigned(counts.failed());
    out.writeUnsigned(counts.timedOut());
    out.writeUnsigned(counts.aborted());
  }

  private static MapRunSnapshot.Counts readCounts(RowReader in) {
    return new MapRunSnapshot.Counts(
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        0);
  }
}
