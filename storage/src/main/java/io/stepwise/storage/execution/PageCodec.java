package io.stepwise.storage.execution;

import io.stepwise.engine.execution.Backlog.ChildInput;
import io.stepwise.engine.execution.Backlog.Page;
import io.stepwise.expression.Payload;
import io.stepwise.storage.RowReader;
import io.stepwise.storage.RowWriter;
import io.stepwise.storage.StorageFault;
import java.util.ArrayList;

/** The binary form of the inputs of some children of a map run. */
final class PageCodec {
  private static final int VERSION = 1;

  private PageCodec() {}

  static byte[] encode(Page page) {
    var out = new RowWriter();
    out.writeByte(VERSION);
    out.writeUnsigned(page.inputs().size());
    for (var input : page.inputs()) {
      out.writeUnsigned(input.items());
      out.writeText(input.payload().text());
    }
    return out.toBytes();
  }

  static Page decode(int first, byte[] row) {
    var in = new RowReader(row);
    var version = in.readByte();
    if (version != VERSION) {
      throw new StorageFault(
          "SW-STORAGE-FORMAT", "Expected a page of inputs of version 1, found " + version);
    }
    var count = in.readInt();
    var inputs = new ArrayList<ChildInput>(count);
    for (var n = 0; n < count; n++) {
      var items = in.readInt();
      inputs.add(new ChildInput(Payload.ofTrustedText(in.readText()), items));
    }
    return new Page(first, inputs);
  }
}
