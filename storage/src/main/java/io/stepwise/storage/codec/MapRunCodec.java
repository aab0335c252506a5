package io.stepwise.storage.codec;

import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.MapRunSnapshot;
import io.stepwise.storage.StorageFault;

/** The binary form of a map run. */
public final class MapRunCodec {
  private static final int VERSION = 1;

  private MapRunCodec() {}

  /** Encodes a map run. */
  public static byte[] encode(MapRunSnapshot mapRun) {
    var out = new Writer();
    out.writeByte(VERSION);
    out.writeText(mapRun.arn());
    out.writeText(mapRun.executionArn());
    out.writeText(mapRun.stateMachineArn());
    out.writeByte(mapRun.status().ordinal());
    out.writeUnsigned(mapRun.startMillis());
    out.writeUnsigned(mapRun.stopMillis());
    out.writeUnsigned(mapRun.maxConcurrency());
    out.writeUnsigned(mapRun.toleratedFailureCount());
    out.writeDouble(mapRun.toleratedFailurePercentage());
    write(mapRun.executions(), out);
    write(mapRun.items(), out);
    return out.toBytes();
  }

  /** Decodes a map run. */
  public static MapRunSnapshot decode(byte[] bytes) {
    var in = new Reader(bytes);
    var version = in.readByte();
    if (version != VERSION) {
      throw new StorageFault(
          "SW-STORAGE-FORMAT", "Expected a map run row of version 1, found " + version);
    }
    return new MapRunSnapshot(
        in.readText(),
        in.readText(),
        in.readText(),
        ExecutionStatus.values()[in.readByte()],
        in.readUnsigned(),
        in.readUnsigned(),
        in.readInt(),
        in.readUnsigned(),
        in.readDouble(),
        readCounts(in),
        readCounts(in));
  }

  private static void write(MapRunSnapshot.Counts counts, Writer out) {
    out.writeUnsigned(counts.total());
    out.writeUnsigned(counts.pending());
    out.writeUnsigned(counts.running());
    out.writeUnsigned(counts.succeeded());
    out.writeUnsigned(counts.failed());
    out.writeUnsigned(counts.timedOut());
    out.writeUnsigned(counts.aborted());
  }

  private static MapRunSnapshot.Counts readCounts(Reader in) {
    return new MapRunSnapshot.Counts(
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned());
  }
}
