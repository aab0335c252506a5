package io.stepwise.services.lambda;

import io.stepwise.storage.RowReader;
import io.stepwise.storage.RowWriter;
import io.stepwise.storage.StorageFault;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous call that is not over.
 *
 * @param name of the function as it was called: its ARN, with a qualifier where there was one
 * @param requestId the same for all its tries
 * @param payload JSON
 * @param traceId the trace it belongs to, or null
 * @param acceptedMillis when it was accepted. Units: milliseconds since 1970
 * @param errors tries that answered an error
 * @param refusals tries in a row for which there was no room
 * @param dueMillis when it is tried next. Units: milliseconds since 1970
 */
record QueuedEvent(
    String name,
    String requestId,
    String payload,
    @Nullable String traceId,
    long acceptedMillis,
    int errors,
    int refusals,
    long dueMillis) {
  private static final int FORMAT = 1;

  /** Due again after an error. */
  QueuedEvent afterError(long due) {
    return new QueuedEvent(name, requestId, payload, traceId, acceptedMillis, errors + 1, 0, due);
  }

  /** Due again since there was no room for it. */
  QueuedEvent afterRefusal(long due) {
    return new QueuedEvent(
        name, requestId, payload, traceId, acceptedMillis, errors, refusals + 1, due);
  }

  byte[] bytes() {
    return payload.getBytes(StandardCharsets.UTF_8);
  }

  byte[] row() {
    var row = new RowWriter(256 + payload.length());
    row.writeByte(FORMAT);
    row.writeText(name);
    row.writeText(requestId);
    row.writeText(payload);
    row.writeOptionalText(traceId);
    row.writeUnsigned(acceptedMillis);
    row.writeUnsigned(errors);
    row.writeUnsigned(refusals);
    row.writeUnsigned(dueMillis);
    return row.toBytes();
  }

  static QueuedEvent read(byte[] bytes) {
    var row = new RowReader(bytes);
    var format = row.readByte();
    if (format != FORMAT) {
      throw new StorageFault(
          "SW-STORAGE-FORMAT",
          "Expected a row of format " + FORMAT + " among asynchronous calls, found " + format);
    }
    return new QueuedEvent(
        row.readText(),
        row.readText(),
        row.readText(),
        row.readOptionalText(),
        row.readUnsigned(),
        row.readInt(),
        row.readInt(),
        row.readUnsigned());
  }
}
