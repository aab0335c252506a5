package io.stepwise.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gathers the answers on one client connection, one request at a time. */
final class ClientExchange extends ChannelInboundHandlerAdapter {

  /** Who waits for the answer. */
  interface Listener {
    /** The answer is here. */
    void answered(HttpClient.Response response, boolean reusable);

    /** There will be none. */
    void broken(Throwable cause, boolean answerBegan);
  }

  private final int bytesMax;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(512);
  private @Nullable Listener listener;
  private @Nullable HttpResponse head;

  ClientExchange(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Waits for an answer on behalf of {@code listener}. */
  void begin(Listener listener) {
    this.listener = listener;
    this.head = null;
    this.body.reset();
  }

  /** Nobody waits any more. */
  void abandon() {
    listener = null;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
    try {
      if (message instanceof HttpResponse response) {
        // An interim answer such as 100 is followed by the real one.
        head = response.status().code() >= 200 ? response : null;
      }
      if (message instanceof HttpContent content && head != null) {
        append(content.content());
        if (message instanceof LastHttpContent) {
          finish(head);
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void append(ByteBuf content) throws IOException {
    var length = content.readableBytes();
    if (body.size() + length > bytesMax) {
      throw new AnswerTooLong(bytesMax);
    }
    content.readBytes(body, length);
  }

  private void finish(HttpResponse response) {
    var waiting = listener;
    listener = null;
    head = null;
    if (waiting != null) {
      waiting.answered(
          new HttpClient.Response(response.status().code(), response.headers(), body.toByteArray()),
          HttpUtil.isKeepAlive(response));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    broken(new IOException("The connection was closed before the answer was complete"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    broken(cause);
    context.close();
  }

  private void broken(Throwable cause) {
    var waiting = listener;
    listener = null;
    if (waiting != null) {
      waiting.broken(cause, head != null);
    }
  }
}
