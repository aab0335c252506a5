package io.stepwise.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** Prints an answer, head and body, into one buffer: one write and no objects in between. */
final class ResponseEncoder {
  private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\n");
  private static final byte[] CONTENT_TYPE = ascii("content-type: ");
  private static final byte[] CONTENT_LENGTH = ascii("content-length: ");
  private static final byte[] CLOSE = ascii("connection: close\r\n");
  private static final byte[] END = ascii("\r\n");

  private ResponseEncoder() {}

  static ByteBuf encode(
      ByteBufAllocator allocator,
      Exchange.Answer answer,
      boolean keepAlive,
      boolean headOnly,
      byte[] dateLine) {
    var body = answer.body();
    var buffer = allocator.ioBuffer(320 + (headOnly || body == null ? 0 : body.length));
    if (answer.status() == 200) {
      buffer.writeBytes(OK);
    } else {
      var reason = HttpResponseStatus.valueOf(answer.status()).reasonPhrase();
      ByteBufUtil.writeAscii(buffer, "HTTP/1.1 " + answer.status() + " " + reason + "\r\n");
    }
    if (answer.contentType() != null) {
      buffer.writeBytes(CONTENT_TYPE);
      writeValue(buffer, answer.contentType());
    }
    answer
        .headers()
        .forEach(
            (name, value) -> {
              ByteBufUtil.writeAscii(buffer, name);
              buffer.writeByte(':').writeByte(' ');
              writeValue(buffer, value);
            });
    buffer.writeBytes(dateLine);
    if (!keepAlive) {
      buffer.writeBytes(CLOSE);
    }
    if (body != null && answer.status() != 204 && answer.status() != 304) {
      buffer.writeBytes(CONTENT_LENGTH);
      writeValue(buffer, Integer.toString(body.length));
      buffer.writeBytes(END);
      if (!headOnly) {
        buffer.writeBytes(body);
      }
    } else {
      buffer.writeBytes(END);
    }
    return buffer;
  }

  /** A header's value; what could end the line is replaced. */
  private static void writeValue(ByteBuf buffer, String value) {
    var bytes = value.getBytes(StandardCharsets.US_ASCII);
    for (var i = 0; i < bytes.length; i++) {
      if (bytes[i] < ' ' || bytes[i] == 0x7f) {
        bytes[i] = '?';
      }
    }
    buffer.writeBytes(bytes).writeBytes(END);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
