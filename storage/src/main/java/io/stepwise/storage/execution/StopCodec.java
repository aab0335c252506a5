package io.stepwise.storage.execution;

import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.storage.RowReader;
import io.stepwise.storage.RowWriter;

/** The binary form of what remembers that a child is to be stopped. */
final class StopCodec {
  private static final int VERSION = 1;

  private StopCodec() {}

  static byte[] encode(UnderWay.Item.Stop stop) {
    var out = new RowWriter();
    out.writeByte(VERSION);
    out.writeText(stop.childArn());
    var task = stop.link().task();
    out.writeUnsigned(task.executionId());
    out.writeUnsigned(task.scopeId());
    out.writeUnsigned(task.stamp());
    out.writeSigned(stop.link().index());
    out.writeUnsigned(stop.link().round());
    return out.toBytes();
  }

  static UnderWay.Item.Stop decode(byte[] bytes) {
    var in = new RowReader(bytes);
    in.readByte();
    var arn = in.readText();
    var task = new TaskRef(in.readUnsigned(), in.readInt(), in.readInt());
    var index = (int) in.readSigned();
    return new UnderWay.Item.Stop(new ParentLink(task, index, "", 0, true, in.readInt()), arn);
  }
}
