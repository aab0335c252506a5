package io.stepwise.runtime;

import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.storage.Keys;
import io.stepwise.storage.codec.Reader;
import io.stepwise.storage.codec.Writer;
import java.nio.ByteBuffer;

/**
 * The row that remembers that a parent wants a child stopped: written with the end of the parent's
 * state, removed with the commit of the child's shard, sent again after a restart in between.
 */
final class StopRow {
  private static final int VERSION = 1;

  private StopRow() {}

  /** Its key: below the parent, by the child, in a later round of the parent by that as well. */
  static byte[] key(ParentLink link, String childArn) {
    var later = link.round() > 0;
    var key =
        ByteBuffer.allocate(later ? 29 : 25)
            .put((byte) 'u')
            .putLong(link.task().executionId())
            .put(Keys.hash(childArn));
    return (later ? key.putInt(link.round()) : key).array();
  }

  /** Its value. */
  static byte[] encode(Effect.StopChild stop) {
    var out = new Writer();
    out.writeByte(VERSION);
    out.writeText(stop.executionArn());
    out.writeUnsigned(stop.link().task().executionId());
    out.writeUnsigned(stop.link().task().scopeId());
    out.writeUnsigned(stop.link().task().stamp());
    out.writeSigned(stop.link().index());
    if (stop.link().round() > 0) {
      out.writeUnsigned(stop.link().round());
    }
    return out.toBytes();
  }

  /** The effect that its value asks for. */
  static Effect.StopChild decode(byte[] bytes) {
    var in = new Reader(bytes);
    in.readByte();
    var arn = in.readText();
    var task = new TaskRef(in.readUnsigned(), in.readInt(), in.readInt());
    var index = (int) in.readSigned();
    var round = in.hasMore() ? in.readInt() : 0;
    return new Effect.StopChild(arn, new ParentLink(task, index, "", 0, true, round));
  }
}
