package io.stepwise.storage.execution;

import io.stepwise.storage.RowReader;
import io.stepwise.storage.RowWriter;

/** The binary form of what remembers that a child is to be stopped. */
final class StopCodec {
  private static final int VERSION = 2;

  private StopCodec() {}

  static byte[] encode(UnderWay.Item.Stop stop) {
    var out = new RowWriter();
    out.writeByte(VERSION);
    out.writeText(stop.childArn());
    SnapshotCodec.write(stop.parent(), out);
    out.writeUnsigned(stop.round());
    return out.toBytes();
  }

  static UnderWay.Item.Stop decode(byte[] bytes) {
    var in = new RowReader(bytes);
    var version = in.readByte();
    var arn = in.readText();
    var parent = SnapshotCodec.readTask(in);
    if (version == 1) {
      in.readSigned(); // the child's index, which its ARN follows from
    }
    return new UnderWay.Item.Stop(parent, in.readInt(), arn);
  }
}
